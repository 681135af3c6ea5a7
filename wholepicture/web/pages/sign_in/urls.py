"""Signing in and out; the sign-in page is wired in `config.urls`, which knows whether this is a demonstration."""

from django.urls import path

from wholepicture.web.pages.sign_in import passwords, second_factor, set_up, with_provider, yours
from wholepicture.web.pages.sign_in.views import sign_out_page

urlpatterns = [
    path("sign-out", sign_out_page, name="sign-out"),
    path("sign-in/second-factor", second_factor.second_factor_page, name="second-factor"),
    path("sign-in/passkey", second_factor.passkey_page, name="passkey"),
    path("sign-in/passkey/ask", second_factor.passkey_asked, name="passkey-ask"),
    path("sign-in/set-up", set_up.set_up_page, name="set-up"),
    path("sign-in/set-up/app", set_up.app_page, name="set-up-app"),
    path("sign-in/set-up/passkey", set_up.passkey_page, name="set-up-passkey"),
    path("sign-in/set-up/passkey/ask", set_up.passkey_asked, name="set-up-passkey-ask"),
    path("sign-in/recovery-codes", set_up.codes_page, name="recovery-codes"),
    path("sign-in/password", passwords.first_page, name="own-password"),
    path("your-sign-in/password", passwords.change_page, name="change-password"),
    path("sign-in/with/<slug:provider>", with_provider.with_provider_page, name="sign-in-with"),
    path("sign-in/with/<slug:provider>/back", with_provider.back_page, name="sign-in-back"),
    path("your-sign-in", yours.your_sign_in_page, name="your-sign-in"),
    path("your-sign-in/end", yours.end_page, name="end-session"),
    path("your-sign-in/remove", yours.remove_page, name="remove-factor"),
    path("your-sign-in/stay", yours.stay_page, name="stay-signed-in"),
]
