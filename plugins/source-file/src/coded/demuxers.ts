// The formats of sound and film that ffmpeg may read here, as it calls them: none that names other files, no devices, no
// pictures or texts, and none that takes anything for sound.

/** What a version of ffmpeg does not know does no harm. */
export const DEMUXERS: readonly string[] = `
  3dostr 3g2 3gp 4xm aa aac aax ac3 ace acm act ads adx aea afc aiff aix alp amr anm apc ape apm
  argo_asf argo_brp argo_cvg asf asf_o ast au avi avr avs bethsoftvid bfi bfstm bink binka bit bmv boa brstm c93
  caf cdg cdxl cine codec2 dcstr derf dfa dhav dsf dsicin dss dts dtshd dv dxa ea ea_cdata eac3 epaf film_cpk
  filmstrip flac flic flv frm fsb fwse gdv genh gsm gxf hca hcom hnm idcin iff ifv ilbc ipmovie ircam iss iv8 ivf
  ivr jv kvag lmlm4 loas luodat lvf lxf m4a matroska mca mgsts mj2 mlp mlv mm mmf mods moflex mov mp3 mp4 mpc mpc8
  mpeg mpegts mpegtsraw msnwctcp msp mtaf mtv musx mv mvi mxf mxg nc nistsphere nsp nsv nut nuv ogg oma paf pmp
  pp_bnk psxstr pva pvf qcp r3d redspark rl2 rm roq rpl rsd rso sbc sbg scd sdr2 sds sdx ser sga shn siff
  simbiosis_imx smjpeg smk smush sol sox svag svs swf tak thp tmv truehd tta txd ty vag vc1test vividas vivo vmd
  voc vpk vqf w64 wav wc3movie webm wsaud wsd wsvqa wtv wv wve xa xmv xvag xwma yop
`
  .trim()
  .split(/\s+/);
