import { Field, type FieldProps, fieldAria, fieldId } from './field.tsx'
import { useWord } from './lang.ts'

export type KeptFile = { readonly id: string; readonly name: string; readonly size: number }

/** `1,4 MB`, `220 kB` */
export const formatSize = (bytes: number): string =>
  bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1).replace('.', ',').replace(/,0$/, '')} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`

/**
 * Files. Without script a plain multipart input; with script a place to drop them, each sent at once to `upload` with its progress, the form then carries `keptName` = file id.
 * `kept`: already uploaded, shown again after a 422 so that nothing is lost.
 */
export const FileDrop = (
  props: FieldProps & { readonly accept?: string; readonly multiple?: boolean; readonly kept?: readonly KeptFile[]; readonly keptName?: string; readonly upload?: string },
) => {
  const word = useWord()
  const keptName = props.keptName ?? `${props.name}Kept`
  return (
    <Field {...props}>
      <mc-file-drop data-upload={props.upload} data-kept={keptName}>
        <div class="file-drop">
          <input type="file" name={props.name} id={fieldId(props)} accept={props.accept ?? '.pdf,.jpg,.jpeg,.png'} multiple={props.multiple !== false} {...fieldAria(props)} />
          <span class="drop-words" aria-hidden="true">
            {word({ vi: 'Kéo tệp vào đây hoặc bấm để chọn', en: 'Drop files here or click to choose' })}
          </span>
        </div>
        <ul class="file-list">
          {props.kept?.map((file) => (
            <li>
              <label>
                <input type="checkbox" name={keptName} value={file.id} checked={true} /> {file.name} <span class="soft">{formatSize(file.size)}</span>
              </label>
            </li>
          ))}
        </ul>
      </mc-file-drop>
    </Field>
  )
}
