/* share.js – the buttons beside an article: print it, hand its title and address on. Shown only where they work; the page
 * works without, and asks no other site. */
(() => {
	'use strict';
	const acts = document.getElementById('article-acts');
	if (!acts) return;
	const link = { title: document.querySelector('h1').textContent, url: location.origin + location.pathname };

	acts.querySelector('[data-do=print]').addEventListener('click', () => print());
	const hand = acts.querySelector('[data-do=share]');
	hand.hidden = !navigator.share && !navigator.clipboard;
	hand.addEventListener('click', async () => {
		try {
			if (navigator.share) await navigator.share(link);
			else {
				await navigator.clipboard.writeText(`${link.title} – ${link.url}`);
				hand.textContent = hand.dataset.done;
			}
		} catch { /* the reader thought better of it */ }
	});
	acts.hidden = false;
})();
