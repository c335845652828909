-- title: مقالات تغيّرت بعد نشرها
-- description: أحدث 500 نسخة سابقة حُفظت. title عنوان المقال الآن، title_before عنوانه قبل التغيير.
SELECT
    r.article_id,
    a.title,
    nullif(r.title, a.title) AS title_before,
    s.name AS outlet,
    a.published_at,
    r.seen_at AS seen_before,
    a.changed_at,
    a.state
FROM (SELECT * FROM revisions ORDER BY id DESC LIMIT 500) AS r
JOIN articles a ON a.id = r.article_id
LEFT JOIN sites s ON s.id = a.site
ORDER BY r.id DESC
