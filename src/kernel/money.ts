/** Money is an integer of đồng. `50.000 đ` */
export const formatVnd = (amount: number): string => `${formatInteger(amount)} đ`
/** `1.234.567`: a dot for thousands, as in Vietnam. */
export const formatInteger = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
