/** The little that we use of fontkit, which comes without types. pdfkit takes an opened font wherever its own types ask for the bytes of one. */
declare module 'fontkit' {
  export type Font = PDFKit.Mixins.PDFFontSource & { readonly hasGlyphForCodePoint: (codePoint: number) => boolean; readonly glyphForCodePoint: (codePoint: number) => object; readonly characterSet: readonly number[] }
  export const create: (data: Buffer) => Font
}
