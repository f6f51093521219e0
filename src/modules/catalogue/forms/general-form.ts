/** PURE. The form of every procedure that has none of its own: what is wanted, by whom, and that it is true; its papers are named by the procedure's record. */
import type { FormSource } from './form-source.ts'

const DECLARATION = 'Tôi cam đoan lời khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình'

export const GENERAL_FORM: FormSource = {
  slug: 'chung',
  title: 'Đơn đề nghị',
  titleEn: 'Application',
  number: null,
  legalBasis: null,
  procedures: [],
  sections: [
    {
      key: 'nguoi-de-nghi',
      at: 'requester',
      title: 'Người đề nghị',
      titleEn: 'Applicant',
      items: [
        { key: 'fullName', control: 'text', label: 'Họ, chữ đệm, tên', labelEn: 'Full name', format: 'person-name', prefill: 'applicant.name', autocomplete: 'name' },
        { key: 'personalId', control: 'text', label: 'Số định danh cá nhân', labelEn: 'Personal number', format: 'personal-number', prefill: 'applicant.personalNumber', inputmode: 'numeric', size: 'medium' },
        { key: 'dateOfBirth', control: 'date', label: 'Ngày sinh', labelEn: 'Date of birth', when: 'past', required: false, prefill: 'applicant.birthOn', autocomplete: 'bday' },
        { key: 'phone', control: 'text', label: 'Số điện thoại', labelEn: 'Phone', format: 'phone', prefill: 'applicant.phone', inputmode: 'tel', autocomplete: 'tel', size: 'medium' },
        { key: 'email', control: 'text', label: 'Thư điện tử', labelEn: 'E-mail', format: 'email', required: false, prefill: 'applicant.email', inputmode: 'email', autocomplete: 'email' },
        { key: 'address', control: 'text', label: 'Nơi cư trú', labelEn: 'Address', prefill: 'applicant.address', maxLength: 250, autocomplete: 'street-address' },
        { key: 'organisation', control: 'text', label: 'Tên tổ chức, doanh nghiệp', labelEn: 'Organisation', required: false, hint: 'Chỉ ghi khi nộp thay mặt tổ chức.', hintEn: 'Only when you act for an organisation.' },
      ],
    },
    {
      key: 'noi-dung',
      at: 'request',
      title: 'Nội dung đề nghị',
      titleEn: 'What is asked for',
      items: [
        { key: 'content', control: 'textarea', label: 'Đề nghị giải quyết', labelEn: 'Request', hint: 'Nói rõ việc cần giải quyết, cho ai, ở đâu.', hintEn: 'What should be done, for whom, where.' },
        { key: 'reason', control: 'textarea', label: 'Lý do', labelEn: 'Reason', required: false },
        { key: 'declaration', control: 'checkbox', must: true, say: 'Đánh dấu ô cam đoan.', sayEn: 'Tick the declaration.', label: DECLARATION, labelEn: 'I declare that what I have stated is true, and answer for it before the law' },
      ],
    },
  ],
  checks: [],
  copies: [],
}
