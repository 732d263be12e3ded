/* Names as they were printed, in the two parts that citations need. */
#include "data/name.h"
#include "test.h"

static const struct {
	const char *name, *family, *given;
} names[] = {
	{ "E. Reynaud", "Reynaud", "E." },
	{ "W. Van Ginneken", "Van Ginneken", "W." },
	{ "Diop, Awa", "Diop", "Awa" },
	{ "de la Cruz, María José", "de la Cruz", "María José" },
	{ "Awa Diop", "Diop", "Awa" },
	{ "Awa DIOP", "DIOP", "Awa" },
	{ "J.-P. Ndiaye", "Ndiaye", "J.-P." },
	{ "Ndiaye J.-P.", "Ndiaye", "J.-P." },
	{ "Van Ginneken W.", "Van Ginneken", "W." },
	{ "Élise de la Fontaine", "de la Fontaine", "Élise" },
	{ "J.-P. van der Meer", "van der Meer", "J.-P." },
	{ "A. B. Diop", "Diop", "A. B." },
	{ "G. García Márquez", "García Márquez", "G." },
	{ "Ch. Jacquier", "Jacquier", "Ch." },
	{ "  E.   Reynaud ", "Reynaud", "E." },
	{ "Ould Ahmed, M.", "Ould Ahmed", "M." },
};

/* Bodies, and what can be read in two ways. */
static const char *const whole[] = { "WIEGO", "Ministry of Labour, Senegal",
	"Ministère de la Santé", "Banque Mondiale", "World Bank",
	"International Labour Office", "Universidad de Chile",
	"Concertation entre les acteurs du développement des mutuelles",
	"Johnson & Johnson", "Studio 54", "ILO Dakar", "DIOP Awa",
	"Inst. for Labour", "E. Reynaud & A. Diop", "E.", "A. B.",
	"Diop, A.; Fall, B.", "Seguros Ltd.", "", "  ", ",", "Diop," };

int
main(void)
{
	struct buf family = { 0 }, given = { 0 };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		buf_clear(&family);
		buf_clear(&given);
		ok(name_split(names[i].name, &family, &given) &&
			strcmp(family.data, names[i].family) == 0 &&
			strcmp(given.data, names[i].given) == 0,
		    names[i].name);
	}
	buf_clear(&family);
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (!ok(!name_split(whole[i], &family, &given) &&
			    family.len == 0,
			"what is no person's name, or doubtful, is left whole"))
			printf("# %s\n", whole[i]);
	buf_free(&family);
	buf_free(&given);
	return done();
}
