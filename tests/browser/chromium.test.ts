// The ground every browser test stands on: the Chromium of this machine starts, runs a script and shows what it did.
import { chromium as browserType } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';

import { describeWithChromium } from '../support/requirements.ts';

describeWithChromium('the Chromium on this machine', (chromium) => {
  it('runs the script of a page', async () => {
    const browser = await browserType.launch({ executablePath: chromium, args: ['--no-sandbox'] });
    onTestFinished(() => browser.close());
    const page = await browser.newPage();

    await page.setContent('<p></p><script>document.querySelector("p").textContent = "signed " + "in"</script>');

    expect(await page.textContent('p')).toBe('signed in');
  });
});
