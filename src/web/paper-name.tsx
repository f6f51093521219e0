/** Names of papers as the portal publishes them run to whole paragraphs: without bullets, two lines at first, all of it on request. */

const LONG = 120

export const PaperName = (props: { readonly name: string; readonly for?: string }) => (
  <div class="paper-name">
    {props.for === undefined ? <span class="paper-text">{props.name}</span> : <label class="paper-text" for={props.for}>{props.name}</label>}
    {props.name.length > LONG && (
      <details>
        <summary>
          <span class="when-closed">xem hết</span>
          <span class="when-open">thu gọn</span>
        </summary>
      </details>
    )}
  </div>
)

/** How many sheets of a paper are in somebody's hand. */
export const Quantity = (props: { readonly name: string; readonly label: string; readonly value: string | number }) => (
  <input class="input count" type="number" name={props.name} aria-label={props.label} min="0" max="99" value={String(props.value)} inputmode="numeric" />
)
