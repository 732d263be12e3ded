#include <string.h>

#include "data/words.h"

/*
 * Words that say nothing about what is looked for, without accents, each
 * list in a row between spaces.  They are in the index, for phrases and for
 * names such as WHO; a query that has other words does without them.
 */
static const char *const lists[TONGUES] = {
	[EN] = " a about after all am an and any are as at be because been"
	       " being but by can could did do does doing during each for from"
	       " had has have having he her here him his how i if in into is it"
	       " its me more most my no not of off on once only or other our"
	       " out over own same she should so some such than that the their"
	       " them then there these they this those through to too under"
	       " until up very was we were what when where which while who whom"
	       " why will with would you your ",
	[FR] = " a ai au aux avec ce ces cet cette ceux comme comment dans de"
	       " des dont du elle elles en est et etaient etait ete etre eu eux"
	       " il ils je la le les leur leurs lui ma mais me meme mes moi mon"
	       " ne nos notre nous on ont ou par pas pour pourquoi qu quand que"
	       " quel quelle quelles quels qui quoi sa sans se sera ses si son"
	       " sont sur ta te tes toi ton tu un une vos votre vous y ",
	[ES] = " a al algo ante como con cual cuales cuando de del desde donde"
	       " e el ella ellas ellos en entre era es esa esas ese eso esos"
	       " esta estas este esto estos fue ha han hasta hay la las le les"
	       " lo los mas me mi mis muy ni no nos o os para pero por porque"
	       " que quien quienes se sea ser si sin sobre son su sus tambien"
	       " te tiene tu tus u un una unas uno unos y ya yo ",
	[PT] = " a ao aos as ate com como da das de dela dele do dos e ela"
	       " elas ele eles em entre era essa esse esta este eu foi ha isso"
	       " isto ja la lhe mais mas me mesmo meu minha muito na nao nas"
	       " nem no nos o os ou para pela pelas pelo pelos por qual quando"
	       " que quem se sem ser seu seus so sua suas tambem te tem um uma"
	       " voce ",
};

bool
words_is_stop(enum tongue t, const char *word, size_t n)
{
	char spaced[16] = " ";

	if (lists[t] == NULL || n == 0 || n > sizeof(spaced) - 3)
		return false;
	memcpy(spaced + 1, word, n);
	spaced[n + 1] = ' ';
	spaced[n + 2] = '\0';
	return strstr(lists[t], spaced) != NULL;
}
