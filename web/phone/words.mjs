/* words.mjs – texts of a page that lives on a telephone: they come from the page itself (dl#words), in the language that
 * it was asked for, so no script knows a language. */

export const $ = (id) => document.getElementById(id);
const words = new Map([...document.querySelectorAll('#words dt')].map((dt) => [dt.textContent, dt.nextElementSibling.textContent]));

/* A text with its places filled: {0}, {1}. */
export function say(key, ...values) {
	return (words.get(key) ?? key).replace(/\{(\d)\}/g, (_, i) => values[i] ?? '');
}

/* Kazakhstan's hour, UTC+5 since 2024: telephones that were not updated since would say another. */
export const clock = (ms) => new Date(ms + 5 * 3600e3).toISOString().slice(11, 16);
