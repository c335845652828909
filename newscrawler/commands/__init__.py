"""`scrapy …` commands of this project; each file is one command."""
