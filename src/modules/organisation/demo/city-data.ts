/** PURE. The demo city as data/organisations/hue.json has it. */
import { z } from 'zod'
import raw from '../../../../data/organisations/hue.json' with { type: 'json' }

const Named = z.strictObject({ code: z.string(), name: z.string(), shortName: z.string(), areaCode: z.string().optional() })
const Words = z.array(z.string()).min(5)

const DemoCity = z.strictObject({
  about: z.string(),
  validFrom: z.iso.date(),
  city: Named,
  office: Named,
  serviceCentre: Named,
  departments: z.array(
    z.strictObject({
      code: z.string(),
      key: z.string(),
      remit: z.string(),
      name: z.string(),
      divisions: z.array(z.strictObject({ remit: z.string(), name: z.string() })).min(1),
    }),
  ),
  communes: z.array(z.strictObject({ code: z.string(), areaCode: z.string(), name: z.string(), kind: z.enum(['phường', 'xã']), key: z.string() })),
  names: z.strictObject({ family: Words, maleMiddle: Words, maleGiven: Words, femaleMiddle: Words, femaleGiven: Words }),
  citizens: z.array(z.string()),
})
export type DemoCity = z.infer<typeof DemoCity>
export type Commune = DemoCity['communes'][number]
export type Department = DemoCity['departments'][number]

let city: DemoCity | undefined
export const demoCity = (): DemoCity => (city ??= DemoCity.parse(raw))
