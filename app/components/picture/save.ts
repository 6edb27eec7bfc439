/** The picture as a file: the SVG with its colours filled in, or drawn on a canvas. */
import { download } from '../download'

function standalone(svg: SVGSVGElement): string {
  const style = getComputedStyle(svg)
  const copy = svg.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) return ''
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('font-family', "'JetBrains Mono', ui-monospace, monospace")
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: 'var(--sheet)' })) ground.setAttribute(name, value)
  copy.prepend(ground)
  // Colours are pairs (light-dark); what is painted now is what a probe says.
  const probe = document.createElement('span')
  document.body.append(probe)
  const colors = new Map<string, string>()
  const text = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, name: string) => {
    let color = colors.get(name)
    if (color === undefined) {
      probe.style.color = `var(${name})`
      color = getComputedStyle(probe).color || style.color
      colors.set(name, color)
    }
    return color
  })
  probe.remove()
  return text
}

export function saveSvg(svg: SVGSVGElement, name: string): void {
  download(`${name}.svg`, standalone(svg), 'image/svg+xml')
}

export async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const scale = 2
  const image = new Image()
  const url = URL.createObjectURL(new Blob([standalone(svg)], { type: 'image/svg+xml' }))
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = svg.width.baseVal.value * scale
  canvas.height = svg.height.baseVal.value * scale
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  URL.revokeObjectURL(url)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob) download(`${name}.png`, blob, 'image/png')
}
