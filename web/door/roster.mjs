/* roster.mjs – the list of one event as the device holds it: rows by id and code, names ready to be searched, and
 * what other devices changed since. */
import { fold } from './core.mjs';

export function makeRoster(data) {
	const roster = { ...data, tickets: data.tickets ?? [], persons: data.persons ?? [], limits: data.limits ?? [] };
	roster.byId = new Map(roster.tickets.map((t) => [t.id, t]));
	roster.byCode = new Map(roster.tickets.map((t) => [t.code, t.id]));
	roster.byPerson = new Map(roster.persons.map((p) => [p.id, p]));
	return roster;
}

/* Folding five thousand names costs a slow telephone a moment: only when somebody searches. */
export function rows(roster) {
	roster.rows ??= [...roster.tickets.map((t) => ({ name: t.name ?? '', code: t.code, state: t.state })),
		...roster.persons.map((p) => ({ name: p.name ?? '', person: p.id, state: 'valid' }))]
		.filter((r) => r.name !== '').map((r) => ({ ...r, folded: fold(r.name) }));
	return roster.rows;
}

/* Arrivals that the server told, as reduce() takes them. */
export function known(roster) {
	const out = new Map();
	for (const t of roster.tickets) if (t.came || t.in) out.set(`t${t.id}`, { came: t.came, in: t.in });
	for (const p of roster.persons) if (p.came || p.in) out.set(`p${p.id}`, { came: p.came ?? 0, in: p.in ?? false });
	return out;
}

/* Who is expected. */
export function expected(roster) {
	return roster.tickets.filter((t) => t.state === 'valid').length + roster.persons.length;
}

/* An answer of /since into the list: rows that changed. */
export function change(roster, news) {
	for (const t of news.tickets ?? []) {
		const row = roster.byId.get(t.id);
		if (row !== undefined) Object.assign(row, t);
		else {
			roster.tickets.push(t);
			roster.byId.set(t.id, t);
			roster.byCode.set(t.code, t.id);
			roster.rows = undefined;
		}
	}
	for (const p of news.persons ?? []) Object.assign(roster.byPerson.get(p.id) ?? {}, p);
	if (news.state !== undefined) roster.state = news.state;
}

export function nameOf(roster, scan, subject) {
	if (scan.guest) return scan.guest;
	if (subject.startsWith('t')) return roster.byId.get(Number(subject.slice(1)))?.name ?? '';
	if (subject.startsWith('p')) return roster.byPerson.get(Number(subject.slice(1)))?.name ?? '';
	return '';
}
