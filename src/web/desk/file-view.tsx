/** A file of a dossier: opened in a tab by its name; a picture also looked at in place. */
import { formatSize } from '../ui/index.ts'

export type ShownFile = { readonly fileId: string; readonly name: string; readonly type: string; readonly size: number }

const isPicture = (type: string): boolean => type === 'image/jpeg' || type === 'image/png'

/** The strict policy allows pictures of our own but no frames: a PDF opens in the browser's own viewer, always in the same tab beside this one. */
export const FileView = (props: { readonly dossierId: string; readonly file: ShownFile; readonly kbd?: string; readonly open?: boolean }) => {
  const { file } = props
  const href = `/mot-cua/ho-so/${props.dossierId}/tep/${file.fileId}`
  return (
    <div class="file-view">
      <a href={href} target="motcua-tep" rel="noopener" {...(props.kbd === undefined ? {} : { 'data-key': props.kbd, 'aria-keyshortcuts': props.kbd })}>
        {file.name}
        {props.kbd !== undefined && <kbd aria-hidden="true">{props.kbd}</kbd>}
      </a>
      <span class="soft small">
        {' '}
        {formatSize(file.size)} ·{' '}
        <a href={`${href}?tai-ve`} download="">
          tải về
        </a>
      </span>
      {isPicture(file.type) && (
        <details open={props.open === true}>
          <summary class="small">Xem ảnh</summary>
          <a href={href} target="motcua-tep" rel="noopener">
            <img src={href} alt={`Ảnh ${file.name}`} loading="lazy" />
          </a>
        </details>
      )}
    </div>
  )
}
