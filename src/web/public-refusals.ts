/** What public pages say when a rule refuses, in the language of the page. Officers read Vietnamese (`refusals.ts`). */
import type { CompletionRefusal, SubmissionRefusal } from '#modules/dossier'
import type { UploadRefusal } from '#modules/documents'
import type { Lang } from './http.ts'
import { completionRefusal, submissionRefusal, uploadRefusal } from './refusals.ts'
import { formatSize } from './ui/index.ts'

export const submissionRefusalIn = (lang: Lang, refusal: SubmissionRefusal): string => (lang === 'vi' ? submissionRefusal(refusal) : english(refusal))
export const completionRefusalIn = (lang: Lang, refusal: CompletionRefusal): string => (lang === 'vi' ? completionRefusal(refusal) : english(refusal))

const english = (refusal: SubmissionRefusal | CompletionRefusal): string => {
  switch (refusal.code) {
    case 'revision-replaced':
      return 'The procedure has just been published anew. Please look at papers and time limit again and file once more; everything you wrote is kept.'
    case 'not-offered':
      return 'This place does not receive the procedure. Please choose another place.'
    case 'row-not-settled':
    case 'row-without-limit':
    case 'row-not-online':
    case 'no-such-row':
    case 'no-due-date':
      return 'This way of applying is not open online at present. Please choose another, or apply at a one-stop desk.'
    case 'form-replaced':
      return 'The form has just been replaced. Please open the form again; what both ask for is kept.'
    case 'answers-wrong':
      return `The form has ${Object.keys(refusal.errors).length} place(s) to correct. Please open it again.`
    case 'on-behalf-of-oneself':
      return 'That is your own number: please choose “For myself”.'
    case 'capacity-of-other-kind':
      return 'Your capacity does not go with whom you file for. Please choose again.'
    case 'authorisation-missing':
      return 'Attach the authorisation or the letter of introduction.'
    case 'paper-not-published':
    case 'paper-twice':
      return 'The list of papers has changed. Please look at the papers again.'
    case 'address-missing':
      return 'Give the address for the post.'
    case 'upload-gone':
      return 'A file was kept too long without being filed, or belongs to another application. Please attach it again; everything else is kept.'
    default:
      return 'This cannot be done with the application as it stands now. Please open its page again.'
  }
}

export const uploadRefusalIn = (lang: Lang, refusal: UploadRefusal): string => {
  if (lang === 'vi') return uploadRefusal(refusal)
  switch (refusal.code) {
    case 'empty':
      return `The file “${refusal.name}” is empty.`
    case 'too-large':
      return `The file “${refusal.name}” is larger than ${formatSize(refusal.maxBytes)}.`
    case 'wrong-type':
      return `The file “${refusal.name}” is of a kind that is not taken (PDF, JPG, PNG, DOCX, XLSX are).`
    case 'damaged':
      return `The file “${refusal.name}” is damaged, or its end is missing. Please scan or download it again.`
    case 'cut-short':
      return `The file “${refusal.name}” was cut off on its way. Please send it again.`
    case 'too-much-waiting':
      return `Too many files are waiting to be used (more than ${formatSize(refusal.maxBytes)}). Please file the earlier application first.`
    case 'wrong-offset':
      return 'The pieces of the file do not fit together. Please send it again.'
  }
}
