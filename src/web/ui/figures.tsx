import type { Child } from 'hono/jsx'

/** Facts as pairs. Pairs without a value are left out. */
export const KeyValue = (props: { readonly items: readonly (readonly [label: string, value: Child])[]; readonly class?: string }) => (
  <dl class={props.class === undefined ? 'kv' : `kv ${props.class}`}>
    {props.items
      .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
      .map(([label, value]) => (
        <>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </>
      ))}
  </dl>
)

export const Card = (props: { readonly title?: Child; readonly tone?: 'gold' | 'late' | 'plain'; readonly class?: string; readonly children?: Child; readonly as?: 'div' | 'section' | 'aside' }) => {
  const Tag = props.as ?? 'div'
  return (
    <Tag class={`card${props.tone === undefined || props.tone === 'plain' ? '' : ` ${props.tone}`}${props.class === undefined ? '' : ` ${props.class}`}`}>
      {props.title !== undefined && <h2 class="card-title">{props.title}</h2>}
      {props.children}
    </Tag>
  )
}

/** One figure that opens: `href` leads to the rows that make it. */
export const StatCard = (props: { readonly value: Child; readonly label: Child; readonly href?: string; readonly note?: Child; readonly tone?: 'ok' | 'soon' | 'late' }) => {
  const body = (
    <>
      <span class={props.tone === undefined ? 'figure' : `figure ${props.tone}-ink`}>{props.value}</span>
      <span class="soft small">{props.label}</span>
      {props.note !== undefined && <span class="soft small">{props.note}</span>}
    </>
  )
  return props.href === undefined ? <div class="card stat">{body}</div> : (
    <a class="card stat" href={props.href}>
      {body}
    </a>
  )
}

/** How much of a whole is used, 0 … 1; more than 1 is shown full and late. Geometry by attributes, so that the strict style policy holds. */
export const Meter = (props: { readonly share: number; readonly label: string; readonly tone?: 'ok' | 'soon' | 'late' }) => {
  const share = Math.max(0, Math.min(1, props.share))
  const tone = props.tone ?? (props.share > 1 ? 'late' : props.share > 0.75 ? 'soon' : 'ok')
  return (
    <svg class={`meter ${tone}`} viewBox="0 0 100 4" preserveAspectRatio="none" width="100%" height="8" role="img" aria-label={props.label}>
      <rect class="meter-track" width="100" height="4" rx="1" />
      <rect class="meter-fill" width={(share * 100).toFixed(1)} height="4" rx="1" />
    </svg>
  )
}
