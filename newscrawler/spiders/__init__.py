"""The spiders: doors between Scrapy and the pure stages."""
