/* The site, address by address. */
#include "features/accounts.h"
#include "features/changes.h"
#include "features/confirm.h"
#include "features/contribute.h"
#include "features/contributor.h"
#include "features/conventions.h"
#include "features/countries.h"
#include "features/dashboard.h"
#include "features/digests.h"
#include "features/directory.h"
#include "features/events.h"
#include "features/feeds.h"
#include "features/files.h"
#include "features/glossary.h"
#include "features/harvests.h"
#include "features/health.h"
#include "features/history.h"
#include "features/home.h"
#include "features/library.h"
#include "features/links.h"
#include "features/machine.h"
#include "features/members.h"
#include "features/news.h"
#include "features/newsletter.h"
#include "features/oai.h"
#include "features/pages.h"
#include "features/review.h"
#include "features/schemes.h"
#include "features/search.h"
#include "features/sitemap.h"
#include "features/subscribe.h"
#include "features/themes.h"
#include "features/waiting.h"
#include "features/watch.h"
#include "features/withdraw.h"
#include "web/page.h"

enum {
	ITEM = HTML | JSON,
	LIST = HTML | JSON | CSV,
	FEED = LIST | FEEDS,
	SENT = HTML | OPEN
};

/* clang-format off */
const struct route routes[] = {
/*	method	path				formats	who	handler		section */
{	"GET",	"/",				HTML,	ANYONE,	home_door,		""		},
{	"GET",	"/sitemap.xml",			HTML,	ANYONE,	machine_sitemap,	""		},
{	"GET",	"/sitemap-{number}.xml",		HTML,	ANYONE,	machine_sitemap_part,	""		},
{	"GET",	"/favicon.ico",			HTML,	ANYONE,	machine_icon,		""		},
{	"GET",	"/robots.txt",			HTML,	ANYONE,	machine_robots,		""		},
{	"GET",	"/{lang}/opensearch.xml",	HTML,	ANYONE,	machine_opensearch,	""		},
{	"GET",	"/{lang}/opensearch",		JSON,	ANYONE,	search_completions,	""		},
{	"GET",	"/{lang}",			JSON,	ANYONE,	home_index,		""		},
{	"GET",	"/{lang}",			HTML,	ANYONE,	home_door,		""		},
{	"GET",	"/{lang}/",			HTML,	ANYONE,	home_index,		""		},
{	"GET",	"/files/{sha}/{file}",		HTML,	ANYONE,	files_item,		""		},
{	"GET",	"/{lang}/files",		ITEM,	MEMBER,	files_mine,		""		},
{	"POST",	"/{lang}/files",		HTML,	MEMBER,	files_send,		""		},
{	"GET",	"/registry.zip",		HTML,	ANYONE,	schemes_package,	""		},
{	"GET",	"/questionnaire.zip",		HTML,	ANYONE,	schemes_package,	""		},
{	"GET",	"/oai",				HTML,	ANYONE,	oai_answer,		""		},
{	"POST",	"/oai",				SENT,	ANYONE,	oai_answer,		""		},
{	"GET",	"/healthz",			HTML,	ANYONE,	health_check,		""		},
{	"GET",	"/{lang}/sign-in",		HTML,	ANYONE,	accounts_sign_in,	""		},
{	"POST",	"/{lang}/sign-in",		HTML,	ANYONE,	accounts_sign_in_post,	""		},
{	"POST",	"/{lang}/sign-out",		HTML,	MEMBER,	accounts_sign_out,	""		},
{	"GET",	"/{lang}/join",			HTML,	ANYONE,	accounts_join,		""		},
{	"POST",	"/{lang}/join",			HTML,	ANYONE,	accounts_join_post,	""		},
{	"GET",	"/{lang}/join/{token}",		HTML,	ANYONE,	accounts_join_confirm,	""		},
{	"POST",	"/{lang}/join/{token}",		HTML,	ANYONE,	accounts_join_confirm_post,	""		},
{	"GET",	"/{lang}/password",		HTML,	ANYONE,	accounts_lost,		""		},
{	"POST",	"/{lang}/password",		HTML,	ANYONE,	accounts_lost_post,	""		},
{	"GET",	"/{lang}/password/{token}",	HTML,	ANYONE,	accounts_renew,		""		},
{	"POST",	"/{lang}/password/{token}",	HTML,	ANYONE,	accounts_renew_post,	""		},
{	"GET",	"/{lang}/account",		HTML,	MEMBER,	accounts_profile,	""		},
{	"POST",	"/{lang}/account",		HTML,	MEMBER,	accounts_profile_post,	""		},
{	"GET",	"/{lang}/account/email",	HTML,	MEMBER,	accounts_email,		""		},
{	"POST",	"/{lang}/account/email",	HTML,	MEMBER,	accounts_email_post,	""		},
{	"GET",	"/{lang}/account/email/{token}",	HTML,	ANYONE,	accounts_email_confirm,	""		},
{	"POST",	"/{lang}/account/email/{token}",	HTML,	ANYONE,	accounts_email_confirm_post,	""		},
{	"GET",	"/{lang}/account/password",	HTML,	MEMBER,	accounts_password,	""		},
{	"POST",	"/{lang}/account/password",	HTML,	MEMBER,	accounts_password_post,	""		},
{	"GET",	"/{lang}/account/sessions",	HTML,	MEMBER,	accounts_sessions,	""		},
{	"POST",	"/{lang}/account/sessions",	HTML,	MEMBER,	accounts_sessions_post,	""		},
{	"GET",	"/{lang}/account/export",	HTML,	MEMBER,	accounts_export,	""		},
{	"GET",	"/{lang}/account/delete",	HTML,	MEMBER,	accounts_delete,	""		},
{	"POST",	"/{lang}/account/delete",	HTML,	MEMBER,	accounts_delete_post,	""		},
{	"GET",	"/{lang}/admin/members",	HTML,	ADMINISTRATOR,	members_index,		""		},
{	"GET",	"/{lang}/admin/members/{id}",	HTML,	EDITOR,	members_item,		""		},
{	"POST",	"/{lang}/admin/members/{id}/role",	HTML,	ADMINISTRATOR,	members_role,		""		},
{	"POST",	"/{lang}/admin/members/{id}/status",	HTML,	ADMINISTRATOR,	members_status,		""		},
{	"POST",	"/{lang}/admin/members/{id}/steward",	HTML,	ADMINISTRATOR,	members_steward,	""		},
{	"POST",	"/{lang}/admin/members/{id}/steward-end",	HTML,	ADMINISTRATOR,	members_steward_end,	""		},
{	"POST",	"/{lang}/admin/members/{id}/spokesperson",	HTML,	EDITOR,	members_spokesperson,	""		},
{	"POST",	"/{lang}/admin/members/{id}/spokesperson-end",	HTML,	EDITOR,	members_spokesperson_end,	""		},
{	"GET",	"/{lang}/admin/mail",		HTML,	ADMINISTRATOR,	waiting_mail,		""		},
{	"POST",	"/{lang}/admin/mail",		HTML,	ADMINISTRATOR,	waiting_mail_again,	""		},
{	"GET",	"/{lang}/admin/jobs",		HTML,	ADMINISTRATOR,	waiting_jobs,		""		},
{	"POST",	"/{lang}/admin/jobs",		HTML,	ADMINISTRATOR,	waiting_jobs_again,	""		},
{	"GET",	"/{lang}/dashboard",		ITEM,	MEMBER,	dashboard_show,		""		},
{	"GET",	"/{lang}/review",		ITEM,	STEWARD,	review_index,		"review"	},
{	"GET",	"/{lang}/review/links",		LIST,	EDITOR,	links_check,		"review"	},
{	"POST",	"/{lang}/review/links",		HTML,	EDITOR,	links_check_again,	"review"	},
{	"GET",	"/{lang}/review/harvests",	LIST,	EDITOR,	harvests_index,		"review"	},
{	"GET",	"/{lang}/review/{id}",		ITEM,	STEWARD,	review_item,		"review"	},
{	"POST",	"/{lang}/review/{id}",		HTML,	STEWARD,	review_item_post,	"review"	},
{	"GET",	"/{lang}/contribute",		ITEM,	ANYONE,	contribute_index,	""		},
{	"GET",	"/{lang}/contributions/{id}",	HTML,	MEMBER,	contribute_item,	""		},
{	"POST",	"/{lang}/contributions/{id}",	HTML,	MEMBER,	contribute_item_post,	""		},
{	"GET",	"/{lang}/contributions/{id}/files",	HTML,	MEMBER,	contribute_item,	""		},
{	"POST",	"/{lang}/contributions/{id}/files",	HTML,	MEMBER,	contribute_item_post,	""		},
{	"GET",	"/{lang}/contributions/{id}/preview",	HTML,	MEMBER,	contribute_preview,	""		},
{	"POST",	"/{lang}/contributions/{id}/preview",	HTML,	MEMBER,	contribute_preview_post,	""		},
{	"GET",	"/{lang}/contributions/{id}/changes",	HTML,	MEMBER,	contribute_changes,	""		},
{	"POST",	"/{lang}/contributions/{id}/merge",	HTML,	MEMBER,	contribute_merge,	""		},
{	"GET",	"/{lang}/pick",			JSON,	MEMBER,	contribute_pick,	""		},
{	"GET",	"/{lang}/feeds",		LIST,	ANYONE,	feeds_index,		"feeds"		},
{	"GET",	"/{lang}/feeds/new",		HTML,	PARTNER,	feeds_new,		"feeds"		},
{	"POST",	"/{lang}/feeds/new",		HTML,	PARTNER,	feeds_new_post,		"feeds"		},
{	"GET",	"/{lang}/feeds/try/{number}",	HTML,	PARTNER,	feeds_try,		"feeds"		},
{	"POST",	"/{lang}/feeds/try/{number}",	HTML,	PARTNER,	feeds_try_post,		"feeds"		},
{	"GET",	"/{lang}/feeds/{id}",		ITEM,	ANYONE,	feeds_item,		"feeds"		},
{	"POST",	"/{lang}/feeds/{id}",		HTML,	PARTNER,	feeds_item_post,	"feeds"		},
{	"GET",	"/{lang}/{part}/new",		HTML,	MEMBER,	contribute_new,		"{part}"	},
{	"POST",	"/{lang}/{part}/new",		HTML,	MEMBER,	contribute_new_post,	"{part}"	},
{	"GET",	"/{lang}/{part}/new/files",	HTML,	MEMBER,	contribute_new,	"{part}"	},
{	"POST",	"/{lang}/{part}/new/files",	HTML,	MEMBER,	contribute_new_post,	"{part}"	},
{	"GET",	"/{lang}/{part}/{slug}/edit",	HTML,	MEMBER,	contribute_edit,	"{part}"	},
{	"POST",	"/{lang}/{part}/{slug}/edit",	HTML,	MEMBER,	contribute_edit_post,	"{part}"	},
{	"GET",	"/{lang}/{part}/{slug}/edit/files",	HTML,	MEMBER,	contribute_edit,	"{part}"	},
{	"POST",	"/{lang}/{part}/{slug}/edit/files",	HTML,	MEMBER,	contribute_edit_post,	"{part}"	},
{	"GET",	"/{lang}/{part}/{slug}/suggest",	HTML,	ANYONE,	contribute_suggest,	"{part}"	},
{	"POST",	"/{lang}/{part}/{slug}/suggest",	HTML,	ANYONE,	contribute_suggest_post,	"{part}"	},
{	"GET",	"/{lang}/sitemap",		ITEM,	ANYONE,	sitemap_page,		"sitemap"	},
{	"GET",	"/{lang}/pages",		ITEM,	ANYONE,	pages_index,		"pages"		},
{	"GET",	"/{lang}/pages/{slug}",		ITEM,	ANYONE,	pages_item,		"pages"		},
{	"GET",	"/{lang}/help",			ITEM,	ANYONE,	pages_short,		""		},
{	"GET",	"/{lang}/about",		ITEM,	ANYONE,	pages_short,		""		},
{	"GET",	"/{lang}/accessibility",	ITEM,	ANYONE,	pages_short,		""		},
{	"GET",	"/{lang}/privacy",		ITEM,	ANYONE,	pages_short,		""		},
{	"GET",	"/{lang}/themes",		FEED | CITED | SKOS,	ANYONE,	themes_index,		"themes"	},
{	"GET",	"/{lang}/themes/{slug}",	ITEM | FEEDS | CITED | SKOS,	ANYONE,	themes_item,		"themes"	},
{	"GET",	"/{lang}/questions",		FEED | CITED,	ANYONE,	themes_questions,	"questions"	},
{	"GET",	"/{lang}/questions/{slug}",	ITEM | CITED,	ANYONE,	themes_question,	"questions"	},
{	"GET",	"/{lang}/library",		FEED | CITED,	ANYONE,	library_index,		"library"	},
{	"GET",	"/{lang}/library/{slug}",	ITEM | CITED,	ANYONE,	library_item,		"library"	},
{	"GET",	"/{lang}/library/{slug}/document.pdf",	HTML,	ANYONE,	library_pdf,	"library"	},
{	"GET",	"/{lang}/glossary",		FEED | CITED | SKOS | TBX,	ANYONE,	glossary_index,		"glossary"	},
{	"GET",	"/{lang}/glossary/{slug}",	ITEM | CITED | SKOS | TBX,	ANYONE,	glossary_term,		"glossary"	},
{	"GET",	"/{lang}/organisations",	FEED | CITED | VCARD,	ANYONE,	directory_organisations,	"organisations"	},
{	"GET",	"/{lang}/organisations/{slug}",	ITEM | FEEDS | CITED | VCARD,	ANYONE,	directory_organisation,	"organisations"	},
{	"GET",	"/{lang}/experts",		FEED | CITED | VCARD,	ANYONE,	directory_experts,	"experts"	},
{	"GET",	"/{lang}/experts/{slug}",	ITEM | CITED | VCARD,	ANYONE,	directory_expert,	"experts"	},
{	"GET",	"/{lang}/conventions",		FEED | CITED,	ANYONE,	conventions_index,	"conventions"	},
{	"GET",	"/{lang}/conventions/{slug}",	ITEM | CITED,	ANYONE,	conventions_item,	"conventions"	},
{	"GET",	"/{lang}/links",		FEED | CITED,	ANYONE,	links_index,		"links"	},
{	"GET",	"/{lang}/links/{slug}",		ITEM | CITED,	ANYONE,	links_item,		"links"	},
{	"GET",	"/{lang}/events",		FEED | CITED | ICALENDAR,	ANYONE,	events_index,		"events"	},
{	"GET",	"/{lang}/events/{slug}",	ITEM | CITED | ICALENDAR,	ANYONE,	events_item,		"events"	},
{	"GET",	"/{lang}/news",			FEED | CITED,	ANYONE,	news_index,		"news"		},
{	"GET",	"/{lang}/news/archive",	LIST,	ANYONE,	news_archive,		"news"		},
{	"GET",	"/{lang}/news/{slug}",		ITEM | CITED,	ANYONE,	news_item,		"news"	},
{	"POST",	"/{lang}/news/{slug}/close",	SENT,	ANYONE,	news_close,		"news"		},
{	"GET",	"/{lang}/countries",		FEED | CITED,	ANYONE,	countries_index,	"countries"	},
{	"GET",	"/{lang}/countries/{slug}",	ITEM | FEEDS | CITED,	ANYONE,	countries_item,		"countries"	},
{	"GET",	"/{lang}/newsletter",		FEED,	ANYONE,	newsletter_index,	"newsletter"	},
{	"GET",	"/{lang}/newsletter/{slug}",	ITEM,	ANYONE,	newsletter_item,	"newsletter"	},
{	"GET",	"/{lang}/newsletter/{slug}/send",	HTML,	EDITOR,	newsletter_send,	"newsletter"	},
{	"POST",	"/{lang}/newsletter/{slug}/send",	HTML,	EDITOR,	newsletter_send_post,	"newsletter"	},
{	"GET",	"/{lang}/regions",		LIST,	ANYONE,	countries_regions,	"countries"	},
{	"GET",	"/{lang}/regions/{slug}",	ITEM | CITED,	ANYONE,	countries_region,	"countries"	},
{	"GET",	"/{lang}/schemes",		FEED | CITED,	ANYONE,	schemes_index,		"schemes"	},
{	"GET",	"/{lang}/schemes/data",		ITEM,	ANYONE,	schemes_data,		"schemes"	},
{	"GET",	"/{lang}/schemes/{slug}",	ITEM | CITED,	ANYONE,	schemes_item,		"schemes"	},
{	"GET",	"/{lang}/search",		FEED | CITED,	ANYONE,	search_index,		"search"	},
{	"GET",	"/{lang}/subscribe",		ITEM | OPML,	ANYONE,	subscribe_page,		"subscribe"	},
{	"GET",	"/{lang}/suggest",		JSON,	ANYONE,	search_suggestions,	""		},
{	"GET",	"/{lang}/suggest",		HTML,	ANYONE,	search_suggestions_door,	""		},
{	"GET",	"/{lang}/changes",		FEED,	ANYONE,	changes_index,		"changes"	},
{	"GET",	"/{lang}/members/{number}",	ITEM,	ANYONE,	contributor_page,	""		},
{	"GET",	"/{lang}/watches",		HTML,	MEMBER,	watch_index,		""		},
{	"POST",	"/{lang}/watches",		HTML,	MEMBER,	watch_change,		""		},
{	"GET",	"/{lang}/watches/{token}",	ATOM,	ANYONE,	watch_feed,		""		},
{	"GET",	"/{lang}/watch",		HTML,	MEMBER,	watch_search_form,	""		},
{	"POST",	"/{lang}/watch",		HTML,	MEMBER,	watch_search,		""		},
{	"GET",	"/{lang}/unsubscribe/{token}",	HTML,	ANYONE,	watch_unsubscribe_form,	""		},
{	"POST",	"/{lang}/unsubscribe/{token}",	SENT,	ANYONE,	watch_unsubscribe,	""		},
{	"GET",	"/{lang}/digests",		HTML,	ANYONE,	digests_form,		""		},
{	"POST",	"/{lang}/digests",		HTML,	ANYONE,	digests_form_post,	""		},
{	"GET",	"/{lang}/digests/confirm/{token}",	HTML,	ANYONE,	digests_confirm,	""		},
{	"POST",	"/{lang}/digests/confirm/{token}",	HTML,	ANYONE,	digests_confirm_post,	""		},
{	"GET",	"/{lang}/digests/manage/{token}",	HTML,	ANYONE,	digests_manage,		""		},
{	"POST",	"/{lang}/digests/manage/{token}",	HTML,	ANYONE,	digests_manage_post,	""		},
{	"GET",	"/{lang}/digests/end/{token}",	HTML,	ANYONE,	digests_end,		""		},
{	"POST",	"/{lang}/digests/end/{token}",	SENT,	ANYONE,	digests_end_post,	""		},
{	"GET",	"/{lang}/confirm/{token}",	HTML,	ANYONE,	confirm_form,		""		},
{	"POST",	"/{lang}/confirm/{token}",	HTML,	ANYONE,	confirm_post,		""		},
{	"GET",	"/{lang}/{part}/{slug}/history",	FEED,	ANYONE,	history_index,	"{part}"	},
{	"GET",	"/{lang}/{part}/{slug}/history/{number}",	ITEM,	ANYONE,	history_revision,	"{part}"	},
{	"POST",	"/{lang}/{part}/{slug}/history/{number}/restore",	HTML,	STEWARD,	history_restore,	"{part}"	},
{	"POST",	"/{lang}/{part}/{slug}/watch",	HTML,	MEMBER,	watch_record,		"{part}"	},
{	"POST",	"/{lang}/{part}/{slug}/unwatch",	HTML,	MEMBER,	watch_record_end,	"{part}"	},
{	"POST",	"/{lang}/{part}/{slug}/confirm",	HTML,	STEWARD,	confirm_record,	"{part}"	},
{	"GET",	"/{lang}/{part}/{slug}/withdraw",	HTML,	OWNER,	withdraw_form,		"{part}"	},
{	"POST",	"/{lang}/{part}/{slug}/withdraw",	HTML,	OWNER,	withdraw_post,		"{part}"	},
{	"POST",	"/{lang}/{part}/{slug}/restore",	HTML,	OWNER,	withdraw_undo,	"{part}"	},
{	NULL,	NULL,				0,	ANYONE,	NULL,		NULL		},
};
