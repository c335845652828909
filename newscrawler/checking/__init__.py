"""`scrapy sites check`: is what a seed file says still true of the live site?"""
