"""The address of signing out; signing in is wired in `config.urls`, which knows whether this is a demonstration."""

from django.urls import path

from wholepicture.web.pages.sign_in.views import sign_out_page

urlpatterns = [
    path("sign-out", sign_out_page, name="sign-out"),
]
