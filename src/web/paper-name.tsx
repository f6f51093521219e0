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
