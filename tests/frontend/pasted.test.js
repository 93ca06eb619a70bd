// What is pasted in the browser becomes what the server makes of it: the samples are those of tests/core/test_pasted.py.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { parse } from 'parse5'

import { readable, readableLines } from '../../frontend/js/desk/pasted.js'

const samples = JSON.parse(readFileSync(new URL('../core/paste_samples.json', import.meta.url), 'utf8'))

// The tree of a parser that follows the standard, as a browser's own looks to the script.
function seen(node) {
  return {
    nodeName: node.nodeName,
    nodeValue: node.value,
    childNodes: (node.childNodes ?? []).map(seen),
    getAttribute: (name) => node.attrs?.find((one) => one.name === name)?.value ?? null,
  }
}

function bodyOf(html) {
  const page = parse(html).childNodes.find((node) => node.nodeName === 'html')
  return seen(page.childNodes.find((node) => node.nodeName === 'body'))
}

for (const { name, pasted, becomes } of samples.html.filter((one) => !one.server)) {
  test(name, () => assert.equal(readable(bodyOf(pasted)), becomes))
}

for (const { pasted, becomes } of samples.plain) {
  test(`lines: ${JSON.stringify(pasted)}`, () => assert.equal(readableLines(pasted), becomes))
}
