/** One paper with its files: chosen or dropped, sent at once where there is script, each with a way to look at it and to take it away. */
import type { Child } from 'hono/jsx'
import { displayName, paperName } from '#modules/catalogue'
import type { Lang } from '../../http.ts'
import { Badge, type KeptFile, formatSize } from '../../ui/index.ts'
import { t } from '../../words.ts'

const ACCEPT = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx'

type Props = {
  readonly name: string
  readonly keptName: string
  readonly label: Child
  readonly hint?: Child
  readonly error?: string | undefined
  readonly kept: readonly KeptFile[]
  readonly lang: Lang
}

export const PaperDrop = (props: Props) => {
  const { name, lang } = props
  const word = (vi: string, en: string) => t(lang, { vi, en })
  const described = [props.hint === undefined ? '' : `${name}-hint`, props.error === undefined ? '' : `${name}-error`].filter((id) => id !== '').join(' ')
  return (
    <div class={props.error === undefined ? 'field paper-field' : 'field paper-field invalid'}>
      <label for={name}>{props.label}</label>
      {props.error !== undefined && (
        <p class="field-error" id={`${name}-error`}>
          {props.error}
        </p>
      )}
      {props.hint !== undefined && (
        <div class="hint" id={`${name}-hint`}>
          {props.hint}
        </div>
      )}
      <mc-file-drop
        data-upload="/tai-len"
        data-kept={props.keptName}
        data-remove={word('Bỏ', 'Remove')}
        data-again={word('Gửi tiếp', 'Go on')}
        data-sending={word('Đang gửi {name}', 'Sending {name}')}
        data-lost={word('mất kết nối. Phần đã gửi vẫn được giữ; khi có mạng hãy bấm gửi tiếp.', 'the line dropped. What was sent is kept; go on when you are online.')}
        data-failed={word('chưa gửi được, hãy chọn lại tệp này.', 'not sent, please choose this file again.')}
      >
        <ul class="file-list">
          {props.kept.map((file) => (
            <li>
              <input type="hidden" name={props.keptName} value={file.id} />
              <a href={`/tai-len/${file.id}/xem`} target="_blank" rel="noopener">
                {file.name}
              </a>{' '}
              <span class="soft">{formatSize(file.size)}</span>
              <button type="submit" class="btn quiet small" name="bo" value={file.id} aria-label={`${word('Bỏ tệp', 'Remove')} ${file.name}`}>
                {word('Bỏ', 'Remove')}
              </button>
            </li>
          ))}
        </ul>
        <div class="file-drop">
          <input type="file" name={name} id={name} accept={ACCEPT} multiple={true} {...(described === '' ? {} : { 'aria-describedby': described })} {...(props.error === undefined ? {} : { 'aria-invalid': 'true' as const })} />
          <span class="drop-words" aria-hidden="true">
            {word('Kéo tệp vào đây hoặc bấm để chọn', 'Drop files here or click to choose')}
          </span>
        </div>
      </mc-file-drop>
    </div>
  )
}

const LONG = 110

/** Published names run to whole paragraphs: enough of it to tell it from the others. */
export const shortPaper = (published: string): string => {
  const name = displayName(paperName(published))
  return name.length <= LONG ? name : `${name.slice(0, name.lastIndexOf(' ', LONG))}…`
}

/** One published paper, folded: opened where it has files or something is wrong with them. */
export const PaperRow = (props: Omit<Props, 'label' | 'hint'> & { readonly published: string; readonly open: boolean }) => {
  const { published, open, lang, ...rest } = props
  const whole = displayName(paperName(published))
  const files = rest.kept.length
  return (
    <details class="paper-row" open={open || files > 0 || rest.error !== undefined}>
      <summary>
        <span lang="vi">{shortPaper(published)}</span>
        {files > 0 && <Badge tone="ok">{t(lang, { vi: `${files} tệp`, en: `${files} file(s)` })}</Badge>}
      </summary>
      <PaperDrop
        {...rest}
        lang={lang}
        label={
          <span lang="vi" class={whole.length <= LONG ? 'visually-hidden' : 'whole-name'}>
            {whole}
          </span>
        }
      />
    </details>
  )
}
