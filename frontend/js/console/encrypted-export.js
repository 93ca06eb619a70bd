// The encrypted file: what this device holds, for the desk to import when the network never came back.
// The twin of src/aumenta/core/tablelog/encrypted_export.py.

const FORMAT = 'aumenta-table-1'

const toBase64 = (bytes) => {
  let binary = ''
  for (let start = 0; start < bytes.length; start += 8192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192))
  }
  return btoa(binary)
}
const fromBase64 = (value) => Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0))

/** A Blob with all of `operations`, sealed with the table's key (base64). */
export async function exportEncrypted(operations, table, exportKey) {
  const key = await crypto.subtle.importKey('raw', fromBase64(exportKey), 'AES-GCM', false, ['encrypt'])
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const clear = new TextEncoder().encode(JSON.stringify(operations))
  const bound = new TextEncoder().encode(`${FORMAT}:${table}`)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: bound }, key, clear)
  const envelope = { format: FORMAT, table, nonce: toBase64(nonce), sealed: toBase64(new Uint8Array(sealed)) }
  return new Blob([JSON.stringify(envelope)], { type: 'application/json' })
}
