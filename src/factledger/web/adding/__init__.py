"""A desk at which claims are added: the article beside a form, behind an address nobody can guess."""
