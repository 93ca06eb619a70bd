"""What somebody without a mouse does in a page."""

from playwright.sync_api import Page


def press_until(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


AT_THE_END = "() => { const at = getSelection(); return at.focusOffset > 0 && at.focusOffset === at.focusNode.length }"


def to_the_end_of_the_text(page: Page) -> None:
    """Press End until the caret is there: an editor that has just got the focus puts its own caret once more."""
    for _ in range(100):
        page.keyboard.press("Control+End")
        page.wait_for_timeout(100)
        if page.evaluate(AT_THE_END):
            return
    raise AssertionError("the caret never comes to the end of the text")


def sign_in_by_keyboard(page: Page, email: str, password: str) -> None:
    """From the page of sign-in to the desk."""
    page.goto("/it/accesso/login/")
    press_until(page, "[name=login]")
    page.keyboard.type(email)
    press_until(page, "[name=password]", 5)
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/scrivania/")
