"""The addresses of signing in and of one's account; the call-back has one address for both languages (server/urls.py)."""

from django.urls import path

from doorleren.web.people import account
from doorleren.web.people.choose import SignIn
from doorleren.web.people.export import page as export

urlpatterns = [
    path("sign-in", SignIn.as_view(), name="sign-in"),
    path("account", account.account, name="account"),
    path("account/export", export.export, name="account-export"),
    path("account/sign-out", account.sign_out, name="account-sign-out"),
    path("account/sign-out-everywhere", account.sign_out_everywhere, name="account-sign-out-everywhere"),
]
