"""Words that name nobody by themselves, in French and in English, folded.

`COMMON` are words that notes are made of anyway; a company may be called “Vert” or “Gold”, and such a name counts for
little when it is said. `TRADES` say what a company does: nobody calls Boulangerie Tremblay “Boulangerie”. `LITTLE` come
with a family's name.
"""

from typing import Final

from server.domain.phonetics import sound

COMMON: Final = frozenset(
    """
    a about absent after again
    agenda ago all almost already also always am amount an and annual another answer any appointment are around as
    ask asked at available away back bad be because been before begin best better between big bill black blue book
    both bought box boxes break bring brought budget busy but buy by call called calling calls came can cancel
    cancelled car card cases cash change cheap cheaper check city clear client close closed cold come comes coming
    company competition competitor complaint confirm confirmed contact contract cost could customer cut date day
    days deal december decide decided decision deliver delivered delivery demo did different director disbursement
    discount do does doing done door double down early easy eight else email end enough even every everything
    expects fast february few file fine first five follow following for found four free friday frozen full get gets
    getting give given gives go goes going gold good got great green had half happy hard has have having he hear
    heard hello help her here hesitating high him his hour hours house how hundred i if important in increase
    interested invoice invoices is issue it items its january job july june just keep know large last late later
    learn least leave leaving left less let letter like list little long look looking lost lot low lunch made mail
    make manager many march market may maybe me mean meet meeting meetings message met middle million minutes moment
    monday money month months more morning most move moved mr mrs much must my name need needed needs never new next
    nice nine no nobody not note nothing november now number october of off offer offers office old on once one only
    open or order ordered orders other our out over own paid pallets paper part parts pay payment people percent
    person phone plan please point possible price prices problem product products project promised purchase put
    question quick quote quotes ready really received red remind reminder renew renewal renews report request return
    review revised right room said sale sales same sample samples saturday saw say says second see seems seen send
    sent september service seven shall she ship should show sign signed since sir site six small so some someone
    soon sorry speak spoke start still stock stop store street sunday sure take taken takes talk team tell ten than
    thank thanks that the their them then there these they thing things think third this those thousand three
    through thursday time times to today told tomorrow tonight too took town truck tuesday twelve twenty two under
    until up us use used very visit visited visits volume wait waiting want wanted wants was way we wednesday week
    weeks well went were what when where which white who why will wish with without word work working would write
    year years yes yesterday yet you your absente absents accepte accord achat acheter affaire agit ai aide aime
    ainsi ajouter alle aller alors annee annule annuler aout appel appele appeler apres approche argent arrive assez
    attend attendent attendre attente au aucun aucune aujourd aujourdhui aura aussi autant autre autres aux avait
    avant avec avis avoir avril baisse beau beaucoup belle besoin bien bientot bleu bon bonjour bonne bons boite
    boites bureau c ca caisses carte cause ce ceci cela celle celui cent cents certain ces cette chacun changer
    chaque chaud cher chere chez chose cinq clair commande commander commandes comme commence comment complet
    comptable comptant compte concurrent conge confirme confirmer content contente contrat contre copie coup cout
    couts d dans de debourse debut decembre decider dehors deja delai demain demande demandent demander demarrer
    demi demonstration depuis dernier derniere des deux deuxieme devant devrait devis difficile dire directeur
    directrice discuter dit dix document doit doivent donc donne donner dont dossier doubler douze du durant echange
    echantillon echantillons ecrire elle elles en encore enfin entre entree envoie envoyer envoye equipe erreur est
    et etait etaient ete etre eu eux fac facile facture factures faire fait faite faites faudra faut femme fera
    fermer fevrier fin fini finir fois font fort frais froid gars gele gens gerant gerante grand grande gros grosse
    haut hausse hesite hesitent heure heures hier hiver huit ici il ils intention interesse interesses invite j
    jamais janvier jeudi jour journee jours juillet juin jusqu jusque juste l la laisse laisser le les leur leurs
    lieu ligne liste livraison livre livrer livres loin lors lui lundi m ma madame mai maintenant mais mal manque
    marche mardi mars matin mauvais meilleur meme mensuel merci mercredi mes mettre midi mieux mille minute modifie
    moi moins mois mon monsieur montant monter montre n ne negocier neuf nez ni nombre non nos notre nous nouveau
    nouvel nouvelle novembre nuit numero octobre offre offrir ont onze ordre ou oublie oublier oui ouvert paie
    paiement palettes papier par parce pareil parle parler partir pas passe passer pause payer pendant penser perdu
    personne petit petite peu peut peuvent place plus plusieurs porte pose poser pour pourquoi pourrait pouvoir
    premier premiere prendre pres presque pret prevu prix probleme prochain prochaine produit produits projet promis
    propose puis qu quand quatre que quel quelle quelque qui quinze quoi rabais rappel rappeler rapport recevoir
    recu regarde rencontre rencontrer rendez renouvelle renouvellent renouveler rentre repondre reponse reste retard
    retour reunion revenir revise revisee revoir rien rouge s sa samedi sans sauf savoir se semaine semaines sept
    septembre sera seront serait ses seul seulement si signature signe signer sinon soir soit sommes son sont sors
    sort sous souvent suis suit suite suivi sur t ta tant tard te telephone tellement temps tenir termine tient toi
    ton toujours tout toute toutes tous travail tres trente trois trop trouve trouver tu un une urgent usine utile
    va vais vas vendre vendredi vendu venir vent vente ventes vers vert veut veulent vient vingt visite visiter vite
    voici voir vont vos votre voulait vouloir voulu vous vraiment vu y soumission soumissions revisees expedier
    expedition installer installation reparer reparation regler reglement essai essais garantie rabaisser hausses
    bas bonus prime contacts courriel courriels visites rencontres appels fournisseur fournisseurs acheteur
    acheteuse patron patronne proprietaire responsable adjointe adjoint associe vendeur vendeuse technicien livreur
    entrepot usines chantier chantiers magasin magasins succursale vacances maladie malade semestre trimestre annees
    mensuels hebdo budgets hesiter concurrence rival rivaux baisser augmenter doubles triple moitie quart douzaine
    centaine millier milliers dollars dollar piastres cennes euros accountant accounting bookkeeper secretary
    receptionist driver foreman comptabilite secretaire receptionniste contremaitre stagiaire clerk buyer boss owner
    assistant warehouse shop install installed repair trial warranty supplier vendor competitors quarter dozen
    hundreds bucks vacation sick holiday quarterly monthly weekly yearly remember forget forgot asks saying sounds
    seemed worried angry upset pleased plans planning planned delayed delay lateness quiet slow annuel annuelle char
    chauffeur chargeur dentist dentiste gas gaz enfants kids laver wash pneus tires epicerie groceries anniversaire
    birthday auto essence
    """.split()
)

TRADES: Final = frozenset(
    """
    acier agence alimentation aliments ameublement architectes assurance assurances atelier ateliers auto autos
    avocats beton boucherie boulangerie boutique brasserie cabinet cafe camionnage carrosserie centre chauffage
    clinique coiffure commerce communications comptables concept conception conseil conseils conseillers
    construction constructions consultants courtage cuisines decoration dentaire dentistes depanneur design
    distribution distributions distributeur ecole electrique electricite electronique emballage enseignes entreprise
    entreprises entretien epicerie equipement equipements excavation experts fabrication ferme fermes fleuriste
    fonderie formation fromagerie fruiterie garage gestion graphique hotel imprimerie imprimeries industrie
    industries informatique ingenierie institut international internationale investissements jardin jardins
    laboratoire laboratoires librairie location logiciels logistique machinerie maconnerie maison materiaux
    mecanique menuiserie meubles mode moulin musique nettoyage optique outillage outils papeterie patisserie
    paysagement peinture peintures pepiniere pharmacie photo piscines plastique plastiques plomberie portes poterie
    produits propane quincaillerie recyclage reparation reseau residence residences restaurant restauration salon
    sante scierie securite service services signalisation solutions soudure sport sports station studio systeme
    systemes technologie technologies textile textiles toiture toitures tourisme traiteur transport transports
    usinage vehicules ventilation verger vetements vision vitrerie voyages advisors agency architects bakery bank
    bar brewery builders building business care carpentry catering center cleaning clinic clothing coffee college
    computers concrete consulting contracting controls dairy dental development digital distributors drugs drugstore
    electric electrical electronics energy engineering enterprises equipment events excavating express fabrics farm
    farms fashion finance financial fitness flooring flowers foods freight fuel furniture gallery garden gardens
    gifts glass global grocery gym hardware health heating holdings home homes hospitality imaging imports insurance
    investments jewellery kitchens labs landscaping law leasing lighting logistics lumber machine machinery
    management manufacturing marine marketing meats media medical metal metals mills motors moving music national
    network office optical packaging painting paper parts paving pharmacy photography pizza plastics plumbing pools
    power press printing properties realty recycling rental rentals repair research roofing school security shipping
    shop signs software spa steel storage store stores studios supplies supply systems tech tools tours towing toys
    trade trading training travel trucking vet water welding windows wines wood
    """.split()
)

LITTLE: Final = frozenset(
    "fils fille filles frere freres soeur soeurs associe associes associee associees associates sons son brothers bros "
    "partners partenaires groupe group".split()
)

COMMON_SOUNDS: Final = frozenset(key for word in COMMON if len(key := sound(word)) > 2)


def is_common(word: str) -> bool:
    """Whether notes say this word whatever they are about."""
    return word in COMMON or word.isdigit()
