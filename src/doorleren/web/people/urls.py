"""The addresses of signing in and of one's account; the call-back has one address for both languages (server/urls.py)."""

from django.urls import path

from doorleren.web.people import account, correcting, corrections, letters, payee_account
from doorleren.web.people.choose import SignIn
from doorleren.web.people.export import page as export

urlpatterns = [
    path("sign-in", SignIn.as_view(), name="sign-in"),
    path("account", account.account, name="account"),
    path("account/letters", letters.letters, name="account-letters"),
    path("account/export", export.export, name="account-export"),
    path("account/corrections", corrections.corrections, name="account-corrections"),
    path("account/corrections/new", correcting.new, name="account-correction-new"),
    path("account/corrections/<int:number>", corrections.correction, name="account-correction"),
    path("account/corrections/<int:number>/take-back", corrections.take_back, name="account-correction-take-back"),
    path("account/corrections/<int:number>/object", corrections.object_, name="account-correction-object"),
    path("account/corrections/<int:number>/withdraw", corrections.withdraw, name="account-correction-withdraw"),
    path("account/corrections/<int:number>/letters/<int:letter>", corrections.letter, name="account-correction-letter"),
    path("account/payee-accounts/<int:number>", payee_account.stop, name="account-payee-account"),
    path("account/sign-out", account.sign_out, name="account-sign-out"),
    path("account/sign-out-everywhere", account.sign_out_everywhere, name="account-sign-out-everywhere"),
]
