/** PURE. Under whose authority a paper is signed (NĐ 30/2020 Art 13, Appendix I): processes.md §8. */

/** `Phó Chủ tịch UBND phường` → `Phó Chủ tịch`: the line names the post, the head of the paper the agency. */
const bare = (title: string): string => title.normalize('NFC').replace(/\s+(UBND|Ủy ban nhân dân|HĐND|Sở|Văn phòng HĐND|phường|xã|thành phố|tỉnh)(?=\s|$).*$/iu, '').trim()

const capitals = (text: string): string => text.toLocaleUpperCase('vi')

/**
 * The lines above the signature. A deputy signs for the head (KT.), an acting head as such (Q.).
 * Who signs by a written delegation signs for the one who delegated (TUQ.), in their own post, and for no collective.
 * @param committee the collective that the head acts for (`ỦY BAN NHÂN DÂN`); null: the head alone
 * @param delegateTitle the delegate's own post, where it is signed by delegation
 */
export const authorityLines = (title: string, committee: string | null, delegateTitle?: string): readonly string[] => {
  const post = bare(title)
  if (delegateTitle !== undefined) return [`TUQ. ${capitals(post)}`, capitals(bare(delegateTitle))]
  const collective = committee === null ? [] : [`TM. ${capitals(committee)}`]
  const deputy = /^Phó\s+(.+)$/iu.exec(post)
  if (deputy !== null) return [...collective, `KT. ${capitals(deputy[1] ?? '')}`, capitals(post)]
  const acting = /^Quyền\s+(.+)$/iu.exec(post)
  return [...collective, acting === null ? capitals(post) : `Q. ${capitals(acting[1] ?? '')}`]
}

/** The letters of an agency in a symbol: UBND of a committee, SYT of Sở Y tế, SNNMT of Sở Nông nghiệp và Môi trường. */
export const authorOf = (agencyName: string): string => {
  const name = agencyName.normalize('NFC')
  if (/^Ủy ban nhân dân/iu.test(name)) return 'UBND'
  const words = name.split(/[\s,–-]+/u).filter((word) => !['', 'và', 'thành', 'phố', 'tỉnh'].includes(word.toLocaleLowerCase('vi')))
  return capitals(words.slice(0, 8).map((word) => [...word][0] ?? '').join(''))
}
