/* queue.js – keys for the moderator: j k to the next comment and the one before, and the keys that the buttons name
 * themselves. The page works without. */
(() => {
	'use strict';
	const rows = [...document.querySelectorAll('[data-comment]')];
	const keys = document.getElementById('keys');

	if (keys) keys.hidden = false;

	function at() {
		return rows.findIndex((row) => row.contains(document.activeElement));
	}

	function go(step) {
		const next = Math.min(Math.max(at() + step, 0), rows.length - 1);
		if (rows[next]) rows[next].focus();
	}

	/* u takes back the last decision, wherever the focus is. */
	function press(key) {
		const scope = key === 'u' ? document : rows[at()];
		const found = scope?.querySelector(`[data-key="${key}"]`);
		if (!found) return false;
		if (found.tagName === 'SELECT') found.focus();
		else found.click();
		return true;
	}

	/* On a Kazakh or Russian keyboard the same key bears another letter: then its place counts. */
	function letter(e) {
		if (/^[a-z]$/.test(e.key)) return e.key;
		return e.key.length === 1 && /^Key[A-Z]$/.test(e.code) && !e.shiftKey ? e.code[3].toLowerCase() : '';
	}

	document.addEventListener('keydown', (e) => {
		if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
		if (/^(INPUT|TEXTAREA)$/.test(e.target.tagName)) return;
		/* In the list of reasons letters choose a reason; Enter refuses with it. */
		if (e.target.tagName === 'SELECT') {
			if (e.key === 'Enter' && e.target.value !== '' && press('x')) e.preventDefault();
			return;
		}
		const key = letter(e);
		if (key === 'j') go(1);
		else if (key === 'k') go(-1);
		else if (key === '' || !'atrxu'.includes(key) || !press(key)) return;
		e.preventDefault();
	});
	if (rows[0] && document.activeElement === document.body) rows[0].focus({ preventScroll: true });
})();
