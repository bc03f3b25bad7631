/* wall.js – the wall without a blink: fetches itself every minute and, where the server does not answer, keeps what it has
 * and says how old that is. Counted by the time since the page came, so a wrong clock of the screen does no harm. Without
 * scripts the page refreshes itself. */
(() => {
	'use strict';
	let came = performance.now();

	async function renew() {
		try {
			const answer = await fetch(location.href, { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(20000) });
			if (!answer.ok) return;
			const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
			if (!next?.dataset.stale) return;
			document.querySelector('main').replaceWith(next);
			came = performance.now();
		} catch { /* no network: the words below say how old it is */ }
		look();
	}

	function look() {
		const main = document.querySelector('main');
		const note = document.getElementById('stale');
		const minutes = Math.floor((performance.now() - came) / 60000);
		if (!main || !note) return;
		note.hidden = minutes < Number(main.dataset.lost);
		note.textContent = main.dataset.said.replace('#', String(minutes));
	}

	setInterval(renew, 60000);
	setInterval(look, 5000);
})();
