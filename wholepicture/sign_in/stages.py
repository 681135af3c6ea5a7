"""The stages between knowing a password and being signed in: a second factor, and a password of one's own."""

from __future__ import annotations

from allauth.account.stages import LoginStage
from django.http import HttpResponse, HttpResponseRedirect

from wholepicture.sign_in.proof import came_by_password, factor_of
from wholepicture.sign_in.sessions import has_second_factor, is_exempt

SECOND_FACTOR = "/sign-in/second-factor"
SET_UP = "/sign-in/set-up"
OWN_PASSWORD = "/sign-in/password"


class SecondFactorStage(LoginStage):
    """Nobody real passes without a second factor; whoever has none yet sets one up before anything else."""

    key = "second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Where to go, or None to go on; True because the sign-in is still alive."""
        user = self.login.user
        if factor_of(self.request, user):
            return None, True
        if has_second_factor(user.pk):
            return HttpResponseRedirect(SECOND_FACTOR), True
        return (None if is_exempt(user) else HttpResponseRedirect(SET_UP)), True


class OwnPasswordStage(LoginStage):
    """Whoever came in on a password that was given out chooses their own, which nobody else has seen."""

    key = "own_password"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """To the page that asks for it, or on."""
        user = self.login.user
        given_out = user.first_password and came_by_password(self.request, user)
        return (HttpResponseRedirect(OWN_PASSWORD) if given_out else None), True
