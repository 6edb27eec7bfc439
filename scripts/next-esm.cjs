// A loader of Turbopack: Next carries its client twice, and bundles the CommonJS form, of which nothing can be left out. This gives the other form's text in its place (next.config.js).
const fs = require('node:fs')
const path = require('node:path')

const DIST = `${path.sep}next${path.sep}dist${path.sep}`

module.exports = function nextEsm(source) {
  const twin = this.resourcePath.replace(DIST, `${DIST}esm${path.sep}`)
  return twin !== this.resourcePath && fs.existsSync(twin) ? fs.readFileSync(twin, 'utf8') : source
}
