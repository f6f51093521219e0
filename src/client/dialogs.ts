/** Opens dialogs where the browser does not know `command` yet, dismisses toasts, keeps "choose all" in step. */
const invokers = 'commandForElement' in HTMLButtonElement.prototype

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return
  const opener = event.target.closest('button[commandfor]')
  if (!invokers && opener !== null) {
    const dialog = document.querySelector(`#${CSS.escape(opener.getAttribute('commandfor') ?? '')}`)
    if (dialog instanceof HTMLDialogElement) dialog.showModal()
  }
  event.target.closest('[data-dismiss]')?.closest('.toast, .notice')?.remove()
})

// How many rows are ticked: shown in every [data-count-of="name"], whose form stays folded while it is none.
const count = () => {
  for (const bar of document.querySelectorAll<HTMLElement>('[data-count-of]')) {
    const n = document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(bar.dataset['countOf'] ?? '')}"]:checked`).length
    bar.hidden = n === 0
    const out = bar.querySelector('[data-count]')
    if (out !== null) out.textContent = String(n)
  }
}
document.addEventListener('change', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.dataset['all'] !== undefined) {
    // Inside a table it speaks for that table only.
    for (const box of (event.target.closest('table') ?? document).querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${CSS.escape(event.target.dataset['all'])}"]`)) box.checked = event.target.checked
  }
  count()
})
count()
