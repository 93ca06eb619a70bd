// The closed rich text: the editor of django-prose-editor with a bar of real buttons, under our security policy.
//
// The textarea stays the field that is sent; without this script it is edited as it is.

import { hasRows, readableLines, transformPasted } from './pasted.js'

export function startRichText(form, words) {
  const editors = new Map()
  const fields = [...form.querySelectorAll('textarea[data-rich]')]
  if (!fields.length) return editors
  import(form.dataset.editor).then((library) => {
    for (const field of fields) editors.set(field.name, edit(field, library, words))
    form.dispatchEvent(new CustomEvent('editors-ready'))
  })
  return editors
}

function edit(field, lib, words) {
  const [name] = field.labels
  name.id ||= `${field.id}-label`
  const box = document.createElement('div')
  const tools = document.createElement('div')
  const text = document.createElement('div')
  text.className = 'rich-text'
  tools.className = 'rich-tools'
  tools.setAttribute('role', 'toolbar')
  tools.setAttribute('aria-label', `${words.tools}: ${name.textContent.trim()}`)
  field.before(box)
  box.append(tools, text)
  field.hidden = true
  const editor = new lib.Editor({
    element: text,
    injectCSS: false,
    extensions: [
      lib.Document,
      lib.Paragraph,
      lib.Text,
      lib.Bold,
      lib.Italic,
      lib.ListItem,
      lib.BulletList,
      lib.OrderedList,
      lib.Heading.configure({ levels: [3] }),
      lib.Link.configure({ openOnClick: false, enableTarget: false }),
      lib.History,
    ],
    content: field.value,
    editorProps: {
      transformPastedHTML: transformPasted,
      handlePaste: pastedRows,
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': name.id,
        lang: field.lang,
        spellcheck: 'true',
      },
    },
    onUpdate: ({ editor }) => {
      field.value = editor.isEmpty ? '' : editor.getHTML()
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
  })
  name.addEventListener('click', () => editor.commands.focus())
  const link = linkLine(editor, words, field)
  tools.after(link.line)
  const buttons = [
    button(words.bold, 'bold', () => editor.chain().focus().toggleBold().run()),
    button(words.italic, 'italic', () => editor.chain().focus().toggleItalic().run()),
    button(words.heading, 'heading', () => editor.chain().focus().toggleHeading({ level: 3 }).run()),
    button(words.bullets, 'bulletList', () => editor.chain().focus().toggleBulletList().run()),
    button(words.numbers, 'orderedList', () => editor.chain().focus().toggleOrderedList().run()),
    button(words.link, 'link', () => link.open()),
    button(words.undo, '', () => editor.chain().focus().undo().run()),
    button(words.redo, '', () => editor.chain().focus().redo().run()),
  ]
  tools.append(...buttons)
  const press = () => {
    for (const one of buttons) if (one.dataset.kind) one.setAttribute('aria-pressed', editor.isActive(one.dataset.kind))
  }
  editor.on('transaction', press)
  press()
  arrows(tools, buttons)
  return editor
}

// Rows and bullets without mark-up: a terminal, a spreadsheet's text, an e-mail. What has mark-up goes the other way.
function pastedRows(view, event) {
  const words = event.clipboardData?.getData('text/plain') ?? ''
  if (event.clipboardData?.getData('text/html') || !hasRows(words)) return false
  return view.pasteHTML(readableLines(words))
}

function button(text, kind, act) {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = text
  if (kind) element.dataset.kind = kind
  element.addEventListener('click', act)
  return element
}

// One stop of the Tab key for the whole bar; arrows move inside it.
function arrows(tools, buttons) {
  buttons.forEach((b, n) => {
    b.tabIndex = n ? -1 : 0
  })
  tools.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const here = buttons.indexOf(document.activeElement)
    if (!step || here < 0) return
    event.preventDefault()
    const next = buttons[(here + step + buttons.length) % buttons.length]
    buttons.forEach((b) => {
      b.tabIndex = b === next ? 0 : -1
    })
    next.focus()
  })
}

function linkLine(editor, words, field) {
  const line = document.createElement('div')
  line.className = 'link-line'
  line.hidden = true
  const name = document.createElement('label')
  name.textContent = words.address
  const input = document.createElement('input')
  input.type = 'url'
  input.className = 'form-control'
  input.id = `${field.id}-link`
  name.htmlFor = input.id
  const done = button('OK', '', () => apply())
  done.className = 'btn btn-outline-primary btn-sm'
  name.append(input)
  line.append(name, done)
  const close = () => {
    line.hidden = true
    editor.commands.focus()
  }
  const apply = () => {
    const address = input.value.trim()
    const chain = editor.chain().focus().extendMarkRange('link')
    if (address) chain.setMark('link', { href: address }).run()
    else chain.unsetMark('link').run()
    close()
  }
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      apply()
    }
    if (event.key === 'Escape') close()
  })
  return {
    line,
    open: () => {
      line.hidden = false
      input.value = editor.getAttributes('link').href ?? 'https://'
      input.focus()
    },
  }
}
