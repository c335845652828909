-- title: مقالات تغيّرت بعد نشرها
-- description: أحدث 500 نسخة سابقة حُفظت. title عنوان المقال الآن، title_before عنوانه قبل التغيير، kind نوع التغيير: headline العنوان، correction تصحيح، addition إضافة، rewrite إعادة صياغة.
-- title_en: Articles that changed after publication
-- description_en: The 500 older states kept last. title is the present headline, title_before the one before the change.
SELECT
    r.article_id,
    a.title,
    nullif(r.title, a.title) AS title_before,
    s.name AS outlet,
    a.published_at,
    r.kind,
    r.words_changed,
    r.seen_at AS seen_before,
    r.replaced_at,
    a.state
FROM (SELECT * FROM revisions ORDER BY id DESC LIMIT 500) AS r
JOIN articles a ON a.id = r.article_id
LEFT JOIN sites s ON s.id = a.site
ORDER BY r.id DESC
