"""The built-in newsroom: our own Arabic newspaper pages, served on 127.0.0.1.

stories/    prose and outlets, as text         story_files.py, outlet.py read them
templates/  three sites' HTML                  render.py fills them
pages.py    address -> reply                   feeds.py, json_ld.py, pictures.py
server.py   replies over HTTP                  newsroom.py opens and closes three of them
cases.py    the special pages by name          README.md explains them
bulk.py     a big site for load tests          synthetic.py writes it, bulk_server.py serves it
"""
