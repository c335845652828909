-- title: مقالات غابت عن مواقعها
-- description: أحدث 500 غياب لوحظ. reason السبب، detail تفصيله، returned_at وقت ملاحظة عودته؛ فارغ ما دام غائباً. الدليل في جدول captures بالرقم capture_id.
-- title_en: Articles gone from their sites
-- description_en: The 500 absences noticed last. reason and detail say what the server answered, returned_at when the article was seen again; empty while it is gone. The evidence is in captures, number capture_id.
SELECT
    w.article_id,
    a.title,
    s.name AS outlet,
    a.published_at,
    w.withdrawn_at,
    w.reason,
    w.detail,
    w.returned_at,
    w.capture_id,
    a.url
FROM (SELECT * FROM withdrawals ORDER BY id DESC LIMIT 500) AS w
JOIN articles a ON a.id = w.article_id
LEFT JOIN sites s ON s.id = a.site
ORDER BY w.withdrawn_at DESC, w.id DESC
