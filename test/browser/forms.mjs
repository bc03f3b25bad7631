/* forms.mjs – filling in and sending forms with scripts switched off, as an old telephone would. */

/* The first form with a password: name, password, the button. Faults, as everywhere. */
export async function signIn(context, url, login, password) {
	const page = await context.newPage();
	try {
		await page.goto(url);
		const form = page.locator('form:has(input[type=password])').first();
		await form.locator('input:not([type=hidden]):not([type=password])').first().fill(login);
		await form.locator('input[type=password]').fill(password);
		const [answer] = await Promise.all([page.waitForNavigation(), form.locator('button, input[type=submit]').first().click()]);
		/* The own account holds a field for a new password, so the form with the name decides. */
		const again = await page.locator('form:has(input[type=password]) input[autocomplete=username]').count();
		return answer.status() < 400 && again === 0 ? [] : [`${answer.status()} at ${page.url()}`];
	} catch (e) {
		return [`${url}: ${String(e).split('\n')[0]}`];
	} finally {
		await page.close();
	}
}

async function fill(form, name, value) {
	const field = form.locator(`[name="${name}"]`).first();
	const tag = await field.evaluate((e) => `${e.tagName} ${e.type}`);
	if (tag.startsWith('SELECT')) await field.selectOption(String(value));
	else if (/checkbox|radio/.test(tag)) await form.locator(`[name="${name}"][value="${value}"]`).check();
	else await field.fill(String(value));
}

/* What a list says of its length, as text: the same before and after = nothing was written. */
async function standing(page, base, same, lang) {
	if (!same) return '';
	await page.goto(base + same[0].replace('{lang}', lang));
	return page.locator(same[1]).first().innerText();
}

/* form: {path, selector, fill: {name: value}, button,
 *        expect: {status, path, selector, kept: {name: value}, same: [list, selector]}} */
export async function submitForm(context, url, base, form, lang) {
	const page = await context.newPage();
	const want = form.expect ?? {};
	const faults = [];
	try {
		const before = await standing(page, base, want.same, lang);
		await page.goto(url);
		const box = page.locator(form.selector ?? 'main form').first();
		for (const [name, value] of Object.entries(form.fill ?? {})) await fill(box, name, value);
		const button = box.locator(form.button ?? 'button, input[type=submit]').first();
		const [answer] = await Promise.all([page.waitForNavigation(), button.click()]);
		if (answer.status() !== (want.status ?? 200)) faults.push(`answers ${answer.status()}`);
		if (want.path && !new URL(page.url()).pathname.match(want.path.replace('{lang}', lang)))
			faults.push(`stands at ${page.url()}`);
		if (want.selector && await page.locator(want.selector).count() === 0) faults.push(`no ${want.selector}`);
		for (const [name, value] of Object.entries(want.kept ?? {})) {
			const is = await page.locator(`[name="${name}"]`).first().inputValue();
			if (is !== value) faults.push(`${name} holds "${is}" instead of "${value}"`);
		}
		const after = await standing(page, base, want.same, lang);
		if (after !== before) faults.push(`${want.same[0]} said "${before}", now "${after}"`);
	} catch (e) {
		faults.push(`${form.path}: ${String(e).split('\n')[0]}`);
	} finally {
		await page.close();
	}
	return faults;
}
