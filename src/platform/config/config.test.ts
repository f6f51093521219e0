import { describe, expect, it } from 'vitest'
import { readConfig, refuseLinkless } from './config.ts'

describe('links in messages', () => {
  const sending = { SMTP_URL: 'smtp://mail.example.vn', MAIL_FROM: 'motcua@example.vn' }
  it('a production installation that sends messages says where its pages are, or does not start', () => {
    expect(() => refuseLinkless(readConfig(sending), 'production')).toThrow(/set PUBLIC_URL/)
    for (const [env, mode] of [[{ ...sending, PUBLIC_URL: 'https://motcua.example.vn' }, 'production'], [sending, 'demo'], [{}, 'production']] as const) expect(() => refuseLinkless(readConfig(env), mode)).not.toThrow()
  })
})
