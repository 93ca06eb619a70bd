// Builds what a page loads (style sheet, scripts, icons, typeface) into src/aumenta/ui/static/built.
//
// node frontend/build.mjs           build what changed
// node frontend/build.mjs --force   build everything
//
// Every folder frontend/js/<name>/ with an index.js becomes built/<name>.js: a new module is built by being there.
// The output folder is not kept in git.

import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

import * as esbuild from 'esbuild'
import * as sass from 'sass'

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = dirname(HERE)
const PACKAGES = join(ROOT, 'node_modules')
const ITALIA = join(PACKAGES, 'bootstrap-italia')
const OUT = join(ROOT, 'src', 'aumenta', 'ui', 'static', 'built')
const NEW = join(PACKAGES, '.built-new')
const FINGERPRINT = '.fingerprint'

// Weight bars in bytes, gzip: a build over them fails, so that nobody has to remember to look.
const BARS = { 'aumenta.css': 65_000, 'base.js': 35_000 }

const FONTS = ['regular', 'italic', '600', '700']
const ICONS = readFileSync(join(HERE, 'icons.txt'), 'utf8')
  .split('\n')
  .map((l) => l.trim())
  .filter((l) => l && !l.startsWith('#'))

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const path of [...filesUnder(HERE), join(ROOT, 'package-lock.json')]) {
    hash.update(relative(ROOT, path)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

function buildStyles() {
  const result = sass.compile(join(HERE, 'scss', 'aumenta.scss'), {
    style: 'compressed',
    loadPaths: [join(ITALIA, 'src', 'scss'), PACKAGES],
    quietDeps: true,
    silenceDeprecations: ['import'],
  })
  writeFileSync(join(NEW, 'aumenta.css'), result.css)
}

async function buildScripts() {
  const folder = join(HERE, 'js')
  const entryPoints = readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'index.js')))
    .map((name) => ({ in: join(folder, name, 'index.js'), out: name }))
  await esbuild.build({
    entryPoints,
    outdir: NEW,
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2020'],
    legalComments: 'none',
    logLevel: 'warning',
  })
}

function buildSprite() {
  const source = readFileSync(join(ITALIA, 'dist', 'svg', 'sprites.svg'), 'utf8')
  const symbols = new Map(
    [...source.matchAll(/<symbol[^>]*id="([^"]+)"[^>]*>.*?<\/symbol>/gs)].map((m) => [m[1], m[0]]),
  )
  const missing = ICONS.filter((name) => !symbols.has(name))
  if (missing.length) throw new Error(`frontend/icons.txt names icons that do not exist: ${missing.join(', ')}`)
  const chosen = ICONS.map((name) => symbols.get(name)).join('')
  writeFileSync(join(NEW, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${chosen}</svg>\n`)
}

function copyFonts() {
  const from = join(ITALIA, 'dist', 'fonts', 'Titillium_Web')
  mkdirSync(join(NEW, 'fonts'), { recursive: true })
  for (const style of FONTS) {
    // woff2 for browsers, ttf for print: Typst reads no other.
    for (const kind of ['woff2', 'ttf']) {
      copyFileSync(
        join(from, `titillium-web-v10-latin-ext_latin-${style}.${kind}`),
        join(NEW, 'fonts', `titillium-web-${style}.${kind}`),
      )
    }
  }
  copyFileSync(join(from, 'OFL.txt'), join(NEW, 'fonts', 'OFL.txt'))
}

function report() {
  let heavy = false
  for (const path of filesUnder(NEW).filter((p) => /\.(css|js|svg)$/.test(p))) {
    const name = relative(NEW, path)
    const bytes = readFileSync(path)
    const gzip = gzipSync(bytes, { level: 9 }).length
    const over = BARS[name] && gzip > BARS[name]
    heavy ||= over
    const figure = (bytes) => `${String(bytes).padStart(7)} B`
    const sizes = `${figure(bytes.length)}  gzip ${figure(gzip)}  brotli ${figure(brotliCompressSync(bytes).length)}`
    console.log(`${name.padEnd(18)} ${sizes}${over ? `  OVER THE BAR OF ${BARS[name]} B` : ''}`)
  }
  return !heavy
}

const now = fingerprint()
const kept = join(OUT, FINGERPRINT)
if (!process.argv.includes('--force') && existsSync(kept) && readFileSync(kept, 'utf8') === now) {
  console.log('front end: nothing changed')
} else {
  rmSync(NEW, { recursive: true, force: true })
  mkdirSync(NEW, { recursive: true })
  buildStyles()
  await buildScripts()
  buildSprite()
  copyFonts()
  const light = report()
  if (light) writeFileSync(join(NEW, FINGERPRINT), now)
  // In one step, so that a page served meanwhile is never without its style.
  rmSync(OUT, { recursive: true, force: true })
  renameSync(NEW, OUT)
  if (!light) process.exit(1)
}
