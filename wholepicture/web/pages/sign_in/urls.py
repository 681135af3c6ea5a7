"""Addresses of signing in and out."""

from django.urls import path

from wholepicture.web.pages.sign_in.views import sign_in_page, sign_out_page

urlpatterns = [
    path("sign-in", sign_in_page, name="sign-in"),
    path("sign-out", sign_out_page, name="sign-out"),
]
