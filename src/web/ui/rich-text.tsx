/** The portal's long texts, readable: paragraphs, bullets and steps instead of one block. */
import { textBlocks } from '#modules/catalogue'

/** `Bước 1: Nộp hồ sơ` → the first words stand out. */
const STEP = /^(Bước \d+[a-z]?)\s*[:.]?\s*/i

const Words = (props: { readonly text: string }) => {
  const step = STEP.exec(props.text)
  return step === null ? (
    <>{props.text}</>
  ) : (
    <>
      <b>{step[1]}.</b> {props.text.slice(step[0].length)}
    </>
  )
}

export const RichText = (props: { readonly text: string }) => (
  <>
    {textBlocks(props.text).map((block) =>
      block.kind === 'paragraph' ? (
        <p>
          <Words text={block.text} />
        </p>
      ) : (
        <ul class="prose-list">
          {block.items.map((item) => (
            <li class={item.depth === 1 ? 'deeper' : undefined}>
              <Words text={item.text} />
            </li>
          ))}
        </ul>
      ),
    )}
  </>
)
