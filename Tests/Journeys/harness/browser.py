"""A headless Chromium, driven as a person would: by keys, clicks and looking."""

import os
import shutil
from contextlib import contextmanager

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")

# Every text's contrast with what lies behind it (WCAG 2.2, 1.4.3): the texts that have too little.
FAINT = """
const channels = c => { const m = c.match(/[\\d.]+/g).map(Number); return c.startsWith('color(srgb')
    ? [m[0] * 255, m[1] * 255, m[2] * 255, m[3] ?? 1] : [m[0], m[1], m[2], m[3] ?? 1] };
const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const light = c => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
const behind = e => { for (; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor);
    if (c[3] === 1) return c } return [255, 255, 255, 1] };
const found = [];
for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility({visibilityProperty: true}) || element.closest('.vh, .skip')) continue;
    if (element.closest('[aria-disabled]')) continue;
    const [text, ground] = [light(channels(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    if (ratio < 4.5) found.push(element.outerHTML.slice(0, 120) + ' ' + ratio.toFixed(2));
}
return found;
"""

FOCUSED = "const e = document.activeElement; return [e.tagName, e.id, e.className, (e.textContent || '').trim()]"


class Browser:
    """One window; `width` CSS pixels wide, a phone below 500."""

    def __init__(self, driver, origin: str):
        self.driver, self.origin = driver, origin

    def resize(self, width: int, height: int = 900) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def media(self, scheme: str = "light", medium: str = "") -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": medium, "features": features})

    def scripts(self, are_run: bool) -> None:
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not are_run})

    def open(self, path: str) -> None:
        self.driver.get(self.origin + path)

    def run(self, script: str):
        return self.driver.execute_script(script)

    def complaints(self) -> list[str]:
        """What the browser wrote on its console since the last look: refused styles, failed loads, errors."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def headings(self) -> list[str]:
        return self.run("return [...document.querySelectorAll('h1, h2, h3')].map(e => e.textContent.trim())")

    def press(self, *keys: str):
        from selenium.webdriver.common.action_chains import ActionChains

        actions = ActionChains(self.driver)
        for key in keys:
            actions = actions.send_keys(key)
        actions.perform()
        return self.run(FOCUSED)


@contextmanager
def browsing(origin: str):
    """A browser for a scope; where there is none the test fails, or is skipped with WITHOUT_BROWSER set."""
    if not CHROMIUM or not DRIVER:
        if os.environ.get("WITHOUT_BROWSER"):
            pytest.skip("no Chromium here, and WITHOUT_BROWSER is set")
        pytest.fail("no Chromium here; scripts/install-system.sh --test installs it, WITHOUT_BROWSER=1 goes without")
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield Browser(driver, origin)
    finally:
        driver.quit()
