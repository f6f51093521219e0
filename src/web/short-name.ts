/** `Thủ tục đăng ký khai sinh` → `Đăng ký khai sinh`: in a list every name begins so, which helps nobody to find his. */
export const shortName = (name: string): string => name.replace(/^Thủ tục (\p{L})/u, (_, first: string) => first.toUpperCase())
