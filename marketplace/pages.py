"""Addresses of the site's own pages."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from marketplace import feeds, sitemaps, views

app_name = "marketplace"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("bulletin/", views.Bulletin.as_view(), name="bulletin"),
    path("bulletin/feed/", feeds.BulletinFeed(), name="bulletin_feed"),
    path("work/", views.MyWork.as_view(), name="my_work"),
    path("work/badges/", views.Badges.as_view(), name="my_work_badges"),
    path("theme/", views.SetTheme.as_view(), name="set_theme"),
    path("about/", views.About.as_view(), name="about"),
    path("about/rules/", views.Rules.as_view(), name="rules"),
    path("about/accessibility/", views.Accessibility.as_view(), name="accessibility"),
    path("guide/licensee/", views.GuideLicensee.as_view(), name="guide_licensee"),
    path("guide/patentee/", views.GuidePatentee.as_view(), name="guide_patentee"),
    path("robots.txt", sitemaps.Robots.as_view(), name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps.SITEMAPS}, name="sitemap"),
]
