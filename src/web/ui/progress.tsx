import type { Child } from 'hono/jsx'
import { useWord } from './lang.ts'

type Tab = { readonly href: string; readonly label: string; readonly count?: number; readonly current?: boolean }

/** Tabs are links: each is an address. */
export const Tabs = (props: { readonly tabs: readonly Tab[]; readonly label: string }) => (
  <nav class="tabs" aria-label={props.label}>
    {props.tabs.map((tab) => (
      <a href={tab.href} aria-current={tab.current === true ? 'page' : undefined}>
        {tab.label}
        {tab.count !== undefined && ` (${tab.count})`}
      </a>
    ))}
  </nav>
)

type StepState = 'done' | 'current' | 'next'
type Step = { readonly label: string; readonly href?: string; readonly state: StepState }

const STATE_WORDS = { done: { vi: 'đã xong', en: 'done' }, current: { vi: 'đang làm', en: 'current' }, next: { vi: 'chưa đến', en: 'to come' } } as const

const StepName = (props: { readonly n: number; readonly label: string }) => (
  <>
    <span class="steps-number" aria-hidden="true">
      {props.n}
    </span>
    <span class="steps-label">{props.label}</span>
  </>
)

/** The steps of a form, side by side. */
export const Steps = (props: { readonly steps: readonly Step[]; readonly label: string }) => {
  const word = useWord()
  return (
    <ol class="steps-bar" aria-label={props.label}>
      {props.steps.map((step, i) => (
        <li class={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
          {step.href !== undefined && step.state !== 'current' ? (
            <a href={step.href}>
              <StepName n={i + 1} label={step.label} />
            </a>
          ) : (
            <StepName n={i + 1} label={step.label} />
          )}
          <span class="visually-hidden"> ({word(STATE_WORDS[step.state])})</span>
        </li>
      ))}
    </ol>
  )
}

export type Moment = { readonly title: Child; readonly detail?: Child; readonly state: StepState; readonly tone?: 'late' | undefined }

/** What happened, what is happening, what comes: from top to bottom. */
export const Timeline = (props: { readonly moments: readonly Moment[]; readonly label: string }) => {
  const word = useWord()
  return (
    <ol class="timeline" aria-label={props.label}>
      {props.moments.map((moment) => (
        <li class={moment.tone === undefined ? moment.state : `${moment.state} ${moment.tone}`} aria-current={moment.state === 'current' ? 'step' : undefined}>
          <div>
            {moment.title}
            <span class="visually-hidden"> ({word(STATE_WORDS[moment.state])})</span>
          </div>
          {moment.detail !== undefined && <div class="soft small">{moment.detail}</div>}
        </li>
      ))}
    </ol>
  )
}
