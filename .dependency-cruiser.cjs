/** The floors of ARCHITECTURE.md: app -> lib -> simulator, and inside the simulator only downwards. */
/** A floor may import those below it, and (programs) the shell, Kubernetes and containerd, whose clients they are. */
const inside = [
  { floor: 'kernel', may: [] },
  { floor: 'regex', may: ['kernel'] },
  { floor: 'cni', may: ['kernel'] },
  { floor: 'containerd', may: ['kernel', 'cni'] },
  { floor: 'docker', may: ['kernel', 'containerd'] },
  { floor: 'shell', may: ['kernel', 'regex'] },
  { floor: 'kubernetes', may: ['kernel', 'containerd'] },
  { floor: 'programs', may: ['kernel', 'regex', 'cni', 'containerd', 'docker', 'shell', 'kubernetes'] },
  { floor: 'machine', may: ['kernel', 'shell', 'programs'] },
  { floor: 'scenarios', may: ['kernel', 'machine', 'programs', 'kubernetes', 'containerd', 'cni', 'shell'] },
]

module.exports = {
  forbidden: [
    { name: 'simulator-stands-alone', severity: 'error', from: { path: '^simulator' }, to: { path: '^(app|lib)/' } },
    { name: 'lib-below-app', severity: 'error', from: { path: '^lib' }, to: { path: '^app/' } },
    { name: 'no-node-in-the-simulator', severity: 'error', from: { path: '^simulator', pathNot: '^simulator/cli|\\.test\\.ts$' }, to: { dependencyTypes: ['core'] } },
    ...inside.map(({ floor, may }) => ({
      name: `floor-${floor}`,
      severity: 'error',
      from: { path: `^simulator/${floor}/`, pathNot: '\\.test\\.ts$' },
      to: { path: '^simulator/[a-z]+/', pathNot: `^simulator/(${[floor, ...may].join('|')})/` },
    })),
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' }, exclude: { path: 'node_modules|testing' } },
}
