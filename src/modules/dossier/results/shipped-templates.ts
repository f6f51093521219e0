/** PURE. The templates that this version ships. Older versions of one live in the papers that were drawn by it. */
import xacNhan from '../../../../data/results/xac-nhan-tinh-trang-hon-nhan.json' with { type: 'json' }
import khaiSinh from '../../../../data/results/giay-khai-sinh.json' with { type: 'json' }
import ketHon from '../../../../data/results/giay-chung-nhan-ket-hon.json' with { type: 'json' }
import hoKinhDoanh from '../../../../data/results/giay-chung-nhan-dang-ky-ho-kinh-doanh.json' with { type: 'json' }
import cuTru from '../../../../data/results/thong-bao-ket-qua-cu-tru.json' with { type: 'json' }
import banSao from '../../../../data/results/loi-chung-ban-sao.json' with { type: 'json' }
import quyetDinh from '../../../../data/results/quyet-dinh.json' with { type: 'json' }
import thongBao from '../../../../data/results/thong-bao.json' with { type: 'json' }
import tuChoi from '../../../../data/results/tu-choi-giai-quyet.json' with { type: 'json' }
import { type ResultTemplate, parseTemplate } from './template.ts'

export const RESULT_TEMPLATES: readonly ResultTemplate[] = [xacNhan, khaiSinh, ketHon, hoKinhDoanh, cuTru, banSao, thongBao, quyetDinh, tuChoi].map(parseTemplate)

/** Those of the procedure first, then what serves every procedure; at the end the refusal to resolve. */
export const resultTemplatesFor = (procedureCode: string): readonly ResultTemplate[] => [
  ...RESULT_TEMPLATES.filter((template) => template.procedures.includes(procedureCode)),
  ...RESULT_TEMPLATES.filter((template) => template.general),
]

export const findTemplate = (slug: string): ResultTemplate | undefined => RESULT_TEMPLATES.find((template) => template.slug === slug)
