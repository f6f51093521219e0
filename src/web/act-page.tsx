/** The page of one act on one dossier: the way back to it, whose it is, why the act was refused and what has to be put right; the form is the children. */
import type { Child } from 'hono/jsx'
import type { DossierView } from '#modules/dossier'
import type { Req } from './http.ts'
import { shortName } from './short-name.ts'
import { ErrorSummary, type Errors, Page, PageHead, Refusal } from './ui/index.ts'

/** What came back with the form; nothing of it where it is shown for the first time. */
export type Problem = { readonly errors?: Errors; readonly refusal?: string | undefined }

type Props = {
  readonly req: Req
  readonly dossier: Pick<DossierView, 'id' | 'code' | 'procedureName' | 'applicant'>
  /** As in the browser's list of pages; the code is added. */
  readonly name: string
  readonly title: string
  /** Left out: the procedure and the applicant. */
  readonly lead?: Child
  readonly area?: 'desk' | 'office'
  /** "Chưa gửi được." */
  readonly undone?: string
  readonly problem?: Problem
  /** Of fields whose name stands twice on the page. */
  readonly ids?: Readonly<Record<string, string>>
  readonly children?: Child
}

export const ActPage = (props: Props) => {
  const { dossier: d, problem = {} } = props
  const { id, code } = d
  return (
    <Page view={props.req.view} title={`${props.name} ${code ?? ''}`} area={props.area ?? 'office'} current={props.area === 'desk' ? '/mot-cua/hom-nay' : '/xu-ly'} width="narrow">
      <Refusal title={props.undone ?? 'Chưa làm được.'} why={problem.refusal} />
      <PageHead
        back={{ href: `/xu-ly/ho-so/${id}`, label: `Hồ sơ ${code ?? ''}` }}
        title={props.title}
        lead={
          props.lead ?? (
            <>
              {shortName(d.procedureName)} · <b class="ink">{d.applicant.name}</b>
            </>
          )
        }
      />
      <ErrorSummary errors={problem.errors ?? {}} ids={props.ids} />
      {props.children}
    </Page>
  )
}
